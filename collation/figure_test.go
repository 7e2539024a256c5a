package collation_test

import (
	"fmt"
	"strings"
	"testing"

	"synoptic/collation"
)

// rows lays accounts side by side, each of them one sentence under a headline
// that says nothing, and describes the rows of their figures.
func rows(t *testing.T, date string, sentences ...string) string {
	t.Helper()
	var accounts []collation.Account
	for i, s := range sentences {
		day, body, dated := strings.Cut(s, " | ")
		if !dated {
			day, body = date, s
		}
		accounts = append(accounts, told(t, fmt.Sprintf("%c.example", 'a'+i), day, "News in brief", body))
	}
	c := collation.Collate("test", accounts, nil)
	var out []string
	for _, f := range c.Figures {
		var cells []string
		for _, x := range f.Cells {
			cells = append(cells, c.Words(x.Cite))
		}
		out = append(out, string(f.Verdict)+": "+strings.Join(cells, ", "))
	}
	return strings.Join(out, "; ")
}

// TestFigureVerdicts shows how numbers that are apart stand to each other.
func TestFigureVerdicts(t *testing.T) {
	for _, c := range []struct {
		about string
		told  []string
		want  string
	}{
		{
			"one toll and another", []string{
				"At least 12 people were killed when the ferry Osprey sank off Norwick, police said.",
				"At least 14 people were killed when the ferry Osprey sank off Norwick, police said.",
			}, "differ: At least 12 people, At least 14 people",
		},
		{
			"a toll that a later account gives", []string{
				"2031-05-03 | At least 12 people were killed when the ferry Osprey sank off Norwick, police said.",
				"2031-05-05 | At least 14 people were killed when the ferry Osprey sank off Norwick, police said.",
			}, "superseded: At least 12 people, At least 14 people",
		},
		{
			"a toll that a later account gives as lower", []string{
				"2031-05-03 | At least 14 people were killed when the ferry Osprey sank off Norwick, police said.",
				"2031-05-05 | At least 12 people were killed when the ferry Osprey sank off Norwick, police said.",
			}, "differ: At least 14 people, At least 12 people",
		},
		{
			"counts of two days in accounts of one", []string{
				"As of 2 May 2031, 14 divers were trapped in the cave under Norwick, police said.",
				"As of 3 May 2031, 12 divers were trapped in the cave under Norwick, police said.",
			}, "superseded: 14 divers, 12 divers",
		},
		{
			"one punishment in other words", []string{
				"A driver found guilty of assaulting a guard in Norwick could be jailed for up to 10 years.",
				"The driver could face up to 14 years in prison for assaulting a guard in Norwick.",
			}, "differ: up to 10 years, up to 14 years",
		},
		{
			"those who are left, and all", []string{
				"Ivo Marl said that he and 29 other passengers of the ferry Osprey were rescued off Norwick.",
				"All 30 passengers of the ferry Osprey were rescued off Norwick.",
			}, "compatible: 29 other passengers, 30 passengers",
		},
		{
			"what is wanted, and what is so", []string{
				"The union of the ferry crews in Norwick is asking for a pay rise of 9 percent this year.",
				"The union of the ferry crews in Norwick got a pay rise of 7 percent this year.",
			}, "single: 9 percent; single: 7 percent",
		},
		{
			"an offer, told as offered and as an answer", []string{
				"Norrack Ferries has offered the crews in Norwick a single payment of 1,500 crowns for this year.",
				"The answer of Norrack Ferries to the crews in Norwick is a single payment of 1,500 crowns for this year.",
				"The answer of Norrack Ferries to the crews in Norwick is a single payment of 1,200 crowns for this year.",
			}, "differ: 1,500 crowns, 1,500 crowns, 1,200 crowns",
		},
		{
			"two lists with an item in common", []string{
				"Six fire engines and four rescue boats went to the ferry Osprey, and people were asked to stay away.",
				"Six fire engines, five rescue boats with special gear and 20 ambulances were sent to Norwick.",
			}, "same: Six fire engines, Six fire engines; differ: four rescue boats, five rescue boats; single: 20 ambulances",
		},
		{
			"two ages in one sentence", []string{
				"Ines Roe, 47, parted from the singer Ivo Marl, 49, in Norwick on Monday.",
				"The singer Ivo Marl, 49, parted from Ines Roe in Norwick on Monday.",
			}, "same: 49, 49; single: 47",
		},
		{
			"one number with fewer digits", []string{
				"The new engines of the ferry Osprey give 5.1 million watts, the yard in Norwick said.",
				"The new engines of the ferry Osprey give 5.13 million watts, the yard in Norwick said.",
			}, "compatible: 5.1 million watts, 5.13 million watts",
		},
		{
			"counts of people are not rounded", []string{
				"The ferry Osprey took 1,200 people off Norwick before the storm.",
				"The ferry Osprey took 1,195 people off Norwick before the storm.",
			}, "differ: 1,200 people, 1,195 people",
		},
		{
			"two bounds that are nearly one", []string{
				"More than 50 people were hurt when the ferry Osprey ran aground off Norwick.",
				"More than 51 people were hurt when the ferry Osprey ran aground off Norwick.",
			}, "compatible: More than 50 people, More than 51 people",
		},
		{
			"a toll and a count of the dead", []string{
				"12 people were killed when the ferry Osprey sank off Norwick, police said.",
				"The death toll from the sinking of the ferry Osprey off Norwick is 19, police said.",
			}, "differ: 12 people, 19",
		},
		{
			"a toll that a later account gives of what the sentence before tells", []string{
				"2031-05-03 | Twelve people died after the ferry Osprey sank off Norwick.",
				"2031-05-05 | The ferry Osprey sank off Norwick on Saturday. The toll rose to 19, police said.",
			}, "superseded: Twelve people, 19",
		},
		{
			"one toll said in four ways", []string{
				"Twelve people died when the ferry Osprey sank off Norwick.",
				"The sinking of the ferry Osprey off Norwick left a death toll of 12.",
				"Officials put the number of dead in the sinking of the ferry Osprey off Norwick at 12.",
				"Deaths in the sinking of the ferry Osprey off Norwick totalled 12.",
			}, "same: Twelve people, 12, 12, 12",
		},
		{
			"the toll of a peril, and lives", []string{
				"Police raised the number of dead in the Norwick mill fire to 16.",
				"The mill fire in Norwick claimed 14 lives.",
				"The toll of the mill fire in Norwick is put at 14.",
			}, "differ: 16, 14 lives, 14",
		},
		{
			"a toll beside a count that might be a year", []string{
				"The death toll in the Norwick quake is 19, and 2000 villages have no power.",
				"The quake in Norwick killed 16 people.",
			}, "differ: 19, 16 people; single: 2000 villages",
		},
		{
			"a number of injured", []string{
				"The number of injured in the Norwick blast climbed to 40.",
				"The Norwick blast injured 44 people, the hospital said.",
			}, "differ: 40, 44 people",
		},
		{
			"a number of arrests", []string{
				"The number of arrests at the Norwick march rose to 55.",
				"Police made 48 arrests at the Norwick march.",
			}, "differ: 55, 48 arrests",
		},
		{
			"a magnitude", []string{
				"The magnitude of the Norwick quake was 6.1.",
				"The Norwick quake had a magnitude of 6.3.",
			}, "differ: 6.1, 6.3",
		},
		{
			"a toll that is a fee", []string{
				"The toll on the bridge at Norwick is 12 crowns.",
				"The toll in the collapse of the bridge at Norwick is 14.",
			}, "single: 12 crowns; single: 14",
		},
		{
			"the toll of another event", []string{
				"The death toll in the Norwick quake is 19.",
				"The 1998 quake in Norwick killed 31 people.",
			}, "single: 19; single: 31 people",
		},
		{
			"the toll of another event, told in the sentence before", []string{
				"The ferry Osprey sank off Norwick on Monday. A ferry sank off Norwick in 1998. The death toll was 19.",
				"Fourteen people died after the ferry Osprey sank off Norwick.",
			}, "single: 19; single: Fourteen people",
		},
		{
			"the toll of what has another name", []string{
				"The death toll in the Arel war is 19.",
				"Twelve people were killed in the war games in Norwick.",
			}, "single: 19; single: Twelve people",
		},
		{
			"some of the dead", []string{
				"The death toll in the Norwick quake is 12.",
				"Nine children were killed in the Norwick quake.",
			}, "single: 12; single: Nine children",
		},
		{
			"the dead, and people of whom something else is said", []string{
				"The death toll in the Norwick quake is 12.",
				"The number of people without power after the quake in Norwick is 14.",
			}, "single: 12; single: 14",
		},
		{
			"the toll of a year and of a day", []string{
				"Twelve people died in the blast in Norwick on Monday.",
				"A blast hit Norwick on Monday. The death toll since January is 19.",
			}, "single: Twelve people; single: 19",
		},
		{
			"the toll of a war and of one blast of it", []string{
				"Twelve people died in the blast in Norwick on Monday.",
				"A blast hit Norwick on Monday. It brought the death toll in the war to 19.",
			}, "single: Twelve people; single: 19",
		},
		{
			"those who died elsewhere", []string{
				"Heavy rain fell on Norwick on Monday. Nine people died in Arel in May, when the river rose.",
				"Heavy rain fell on Norwick on Monday. The toll stands at 12.",
			}, "single: Nine people; single: 12",
		},
		{
			"the toll of an earlier event", []string{
				"The death toll in the Norwick quake is 19.",
				"In an earlier quake in Norwick 22 people died.",
			}, "single: 19; single: 22 people",
		},
		{
			"unemployment in two countries", []string{
				"Unemployment in Arel was 5.2 percent in June.",
				"Unemployment in Brevany was 5.6 percent in June.",
			}, "single: 5.2 percent; single: 5.6 percent",
		},
		{
			"a count of injured and one of missing", []string{
				"The number of injured in the Norwick blast rose to 40.",
				"The number of missing in the Norwick blast rose to 38.",
			}, "single: 40; single: 38",
		},
		{
			"an account with two numbers of dead", []string{
				"The ferry Osprey sank off Norwick. The death toll is 12, and in the storm before it 31 people died.",
				"Nineteen people were killed when the ferry Osprey sank off Norwick.",
			}, "single: 12; single: 31 people; single: Nineteen people",
		},
		{
			"a toll that may come", []string{
				"The death toll in the Norwick quake could rise to 14.",
				"The death toll in the Norwick quake is 12.",
			}, "single: 14; single: 12",
		},
		{
			"what is north and what is south", []string{
				"The death toll in the north of Arel is 19.",
				"The death toll in the south of Arel is 14.",
			}, "single: 19; single: 14",
		},
		{
			"one of them, and one of them", []string{
				"One of them left the ferry Osprey in Norwick.",
				"One of them left the ferry Osprey in Norwick.",
			}, "",
		},
		{
			"what rose and what else rose", []string{
				"Shares of Arelian Lines fell 3 percent on Monday after the news.",
				"Shares of Brevany Ferries fell 6 percent on Monday after the news.",
			}, "single: 3 percent; single: 6 percent",
		},
	} {
		if got := rows(t, "2031-05-03", c.told...); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.about, got, c.want)
		}
	}
}

// TestFigureLabels shows what rows are called.
func TestFigureLabels(t *testing.T) {
	for _, c := range []struct{ sentence, want string }{
		{"The blast killed 12 people.", "people killed"},
		{"The tram overturned, trapping five people.", "trapping … people"},
		{"Five of the divers remain in the cave.", "divers"},
		{"40 hostages are still in Norwick.", "hostages in Norwick"},
		{"Police have 40 hostages taken in the raid on a list.", "hostages taken"},
		{"The truce led to the release of 200 prisoners.", "release of … prisoners"},
		{"The union is asking for a pay rise of 9 percent.", "pay rise"},
		{"The carriages slid for ten seconds before they stopped.", "slid for … seconds"},
		{"They were jailed for up to 10 years.", "jailed for … years"},
		{"Ines Roe, 37, was hurt.", "age of Ines Roe"},
		{"A 37-year-old driver was hurt.", "age of driver"},
		{"Some 300 pupils used the bridge.", "pupils used the bridge"},
		{"The strike is costing the firm £20,000.", "costing … pounds"},
		{"The trams have a speed limit of 12 mph.", "speed limit"},
		{"The death toll rose to 12.", "death toll"},
		{"The number of people killed rose to 12.", "people killed"},
		{"The unemployment rate fell to 5 percent.", "unemployment rate"},
	} {
		accounts := []collation.Account{
			told(t, "a.example", "2031-05-03", "News in brief", c.sentence), told(t, "b.example", "2031-05-03", "Other news", c.sentence),
		}
		found := collation.Collate("test", accounts, nil).Figures
		if len(found) != 1 || found[0].Label != c.want {
			t.Errorf("%q: got %+v, want %q", c.sentence, found, c.want)
		}
	}
}
