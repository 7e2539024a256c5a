package story

import (
	"fmt"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/internal/page"
)

// brief is a short article: its headline and its text.
type brief struct{ title, text string }

// oneTown are pairs of different events in one town on one day.
var oneTown = [][2]brief{
	{
		{"Larvik port fire kills three", "Three people died on Tuesday when a warehouse burned down at the port of Larvik in Norway. Firefighters needed six hours to put the fire out, the Larvik fire service said."},
		{"Larvik port striker signs for rival club", "A striker of Larvik Port, the club of the harbour in Larvik, Norway, signed on Tuesday for its rivals Sandefjord. He will play his first match on Saturday, the club said."},
	},
	{
		{"Lisbon tram derails, two hurt", "A tram left the rails in the Alfama district of Lisbon on Monday morning and two passengers were hurt. The city of Lisbon has stopped the line for checks."},
		{"Lisbon museum opens new wing", "The museum of tiles in the Alfama district of Lisbon opened a new wing on Monday morning. The city of Lisbon paid for most of the work."},
	},
	{
		{"Marseille port seizes two tonnes of cocaine", "Customs officers at the port of Marseille found two tonnes of cocaine in a container of bananas on Sunday. Five people were arrested in Marseille, the prosecutor said."},
		{"Marseille port workers block gates", "Dockers blocked the gates of the port of Marseille on Sunday in a quarrel over pensions. Two hundred lorries stood outside Marseille, the port said."},
	},
	{
		{"Hallam school roof collapses", "The roof of a school in Hallam fell in on Tuesday night under heavy snow. Nobody was inside, the council of Hallam said."},
		{"Hallam school wins science prize", "A school in Hallam won a national science prize on Tuesday night for a robot that sorts waste. Its pupils will be received by the council of Hallam."},
	},
	{
		{"Nairobi court jails banker for fraud", "A court in Nairobi sent a banker to prison for eight years on Monday for fraud. He had taken money from a bank in Nairobi that went under in 2029."},
		{"Nairobi court frees reporter", "A court in Nairobi freed a reporter on Monday who had been held for a week. She had written about police in Nairobi, her lawyer said."},
	},
	{
		{"Explosion hits Odesa power plant", "An explosion hit a power plant near Odesa in Ukraine on Saturday and left 40,000 homes without light. Engineers in Odesa hope to mend it within days."},
		{"Odesa opera reopens after two years", "The opera of Odesa in Ukraine reopened on Saturday after two years. Every seat was sold, and people in Odesa danced in the square."},
	},
	{
		{"Tallinn bus crash injures eleven", "A bus ran into a shop in Tallinn on Friday and eleven people were injured. The driver fell ill at the wheel, the Estonian police said."},
		{"Tallinn bus fares to rise", "Bus fares in Tallinn will rise by a tenth from May, the city said on Friday. It would be the first rise in the Estonian capital in six years."},
	},
	{
		{"Gas leak empties Porto hospital", "Patients were led out of a hospital in Porto on Monday when gas leaked from a pipe in the cellar. Nobody was hurt and the wards filled again in the evening."},
		{"Porto hospital hires 200 nurses", "A hospital in Porto will hire 200 nurses this year, the Portuguese health ministry said on Monday. It had closed a ward for want of staff."},
	},
	{
		{"Zagreb zoo mourns its oldest elephant", "The oldest elephant of the zoo in Zagreb died on Friday aged 58. Keepers found Suma lying in her stall."},
		{"Zagreb trams get free wifi", "Passengers on the trams in Zagreb can use the internet for free from Friday. The city pays two million euros a year for it."},
	},
	{
		{"Cork bakery strike ends", "A strike at a bakery in Cork ended on Thursday after eleven days. Bakers will get five per cent more."},
		{"Cork boy wins chess title", "A boy of eleven from Cork won the national chess title in Cork on Thursday. He beat the favourite in five games."},
	},
	{
		{"Turin thieves take paintings worth millions", "Thieves took four paintings from a villa in Turin on Sunday night. The works are worth nine million euros, Italian police said."},
		{"Turin car plant to shut for a month", "A car plant in Turin will shut for a month from Sunday night as orders fall. Nine thousand workers will stay at home, the Italian maker said."},
	},
	{
		{"Train hits lorry near Lund", "A train hit a lorry at a crossing near Lund in Sweden on Tuesday. The driver of the lorry was killed and nine passengers were hurt."},
		{"Lund physicist wins prize", "A physicist at the university of Lund in Sweden won a prize of a million crowns on Tuesday for her work on light."},
	},
}

// oneEvent are pairs of short articles that tell one event in other words.
var oneEvent = [][2]brief{
	{
		{"Larvik port fire kills three", "Three people died on Tuesday when a warehouse burned down at the port of Larvik in Norway. Firefighters needed six hours to put the fire out, the Larvik fire service said."},
		{"Three dead in Norway warehouse blaze", "A blaze in a warehouse in Larvik, Norway, has killed three workers, the fire service said. The flames at the port were out by Tuesday evening."},
	},
	{
		{"Lisbon tram derails, two hurt", "A tram left the rails in the Alfama district of Lisbon on Monday morning and two passengers were hurt. The city of Lisbon has stopped the line for checks."},
		{"Two injured as tram comes off tracks in Lisbon", "Two people were taken to hospital after a tram came off its tracks in Lisbon's Alfama quarter. The line will be closed while the city checks the rails, officials said on Monday."},
	},
	{
		{"Man arrested after Dunmore stabbing", "Police in Dunmore arrested a man of 34 on Friday after a woman was stabbed near the station. She is in hospital in Dunmore and out of danger, police said."},
		{"Woman stabbed in Dunmore, suspect held", "A woman is in hospital with stab wounds after an attack by Dunmore station on Friday. A suspect, 34, is being held, a police spokesman said."},
	},
	{
		{"Bergen ferry crews walk out over pay", "Crews of the Bergen ferries walked out on Thursday over pay. Nothing will sail from Bergen before the weekend, the union said."},
		{"Pay strike stops ferries in Bergen", "Ferries in Bergen stayed in port on Thursday as crews went on strike for more pay. The union said the walkout would last until the weekend."},
	},
	{
		{"Flood closes schools in Graz", "Schools in Graz stayed shut on Wednesday after the river Mur rose over its banks. The mayor of Graz, Elke Kern, asked people to stay at home."},
		{"Graz under water as Mur bursts its banks", "The Mur burst its banks in Graz on Wednesday, and all schools were closed. Mayor Elke Kern told residents not to leave their homes."},
	},
	{
		{"Marseille port seizes two tonnes of cocaine", "Customs officers at the port of Marseille found two tonnes of cocaine in a container of bananas on Sunday. Five people were arrested in Marseille, the prosecutor said."},
		{"French customs find cocaine among bananas", "Two tonnes of cocaine hidden among bananas were seized in Marseille on Sunday. French prosecutors said that five suspects were in custody."},
	},
	{
		{"Hallam school roof collapses", "The roof of a school in Hallam fell in on Tuesday night under heavy snow. Nobody was inside, the council of Hallam said."},
		{"Snow brings down roof of Hallam school", "Heavy snow brought down the roof of a Hallam school on Tuesday night. The council said the building was empty at the time."},
	},
	{
		{"Nairobi court jails banker for fraud", "A court in Nairobi sent a banker to prison for eight years on Monday for fraud. He had taken money from a bank in Nairobi that went under in 2029."},
		{"Kenyan banker gets eight years", "A Kenyan banker was jailed for eight years on Monday over a fraud that brought his bank down in 2029. The judge in Nairobi called it theft from the poor."},
	},
	{
		{"Explosion hits Odesa power plant", "An explosion hit a power plant near Odesa in Ukraine on Saturday and left 40,000 homes without light. Engineers in Odesa hope to mend it within days."},
		{"Blast leaves 40,000 homes in Odesa in the dark", "Some 40,000 homes in Odesa lost power on Saturday after a blast at a power plant. Repairs will take days, engineers in the Ukrainian port said."},
	},
	{
		{"Tallinn bus crash injures eleven", "A bus ran into a shop in Tallinn on Friday and eleven people were injured. The driver fell ill at the wheel, the Estonian police said."},
		{"Eleven hurt as bus hits shop in Estonian capital", "Eleven people were hurt on Friday when a bus hit a shop in Tallinn. Estonian police said the driver had fallen ill."},
	},
	{
		{"Gas leak empties Porto hospital", "Patients were led out of a hospital in Porto on Monday when gas leaked from a pipe in the cellar. Nobody was hurt and the wards filled again in the evening."},
		{"Porto clinic evacuated", "A clinic in Porto had to be evacuated on Monday because of a leaking pipe. All patients were back in their beds by night, the Portuguese fire brigade said."},
	},
	{
		{"Zagreb zoo mourns its oldest elephant", "The oldest elephant of the zoo in Zagreb died on Friday aged 58. Keepers found Suma lying in her stall."},
		{"Suma the elephant dies in Zagreb", "Suma, an elephant that generations of children in Zagreb knew, has died at 58, the zoo said on Friday."},
	},
	{
		{"Cork bakery strike ends", "A strike at a bakery in Cork ended on Thursday after eleven days. Bakers will get five per cent more."},
		{"Bakers in Cork go back to work", "Bakers in Cork went back to work on Thursday with a rise of five per cent, ending a walkout of eleven days."},
	},
	{
		{"Turin thieves take paintings worth millions", "Thieves took four paintings from a villa in Turin on Sunday night. The works are worth nine million euros, Italian police said."},
		{"Art theft in Turin", "Four works of art worth nine million euros were stolen from a house in Turin, Italy. The burglars came in by a window on Sunday night."},
	},
	{
		{"Train hits lorry near Lund", "A train hit a lorry at a crossing near Lund in Sweden on Tuesday. The driver of the lorry was killed and nine passengers were hurt."},
		{"One dead in Swedish rail crash", "One person died on Tuesday and nine were injured when a passenger train ran into a lorry on a level crossing outside Lund, Sweden."},
	},
}

func (s brief) article(t *testing.T, at string, published time.Time) *article.Article {
	t.Helper()
	a, err := page.Read(page.Input{Place: at + ".txt", Body: []byte(s.title + "\n\n" + s.text + "\n")})
	if err != nil {
		t.Fatal(err)
	}
	a.Published = article.Date{Time: published, Precision: article.Minute}
	return a
}

// TestOneTown: short articles of one town and one day stand apart where they tell
// of different events, whoever put them together, and together where they tell of
// one, in other words.
func TestOneTown(t *testing.T) {
	day := time.Date(2031, 3, 4, 8, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		pairs    [][2]brief
		together bool
	}{
		"events of one town": {oneTown, false},
		"one event":          {oneEvent, true},
	} {
		for _, p := range test.pairs {
			for _, prior := range []Prior{Stream, Picked} {
				pair := []*article.Article{p[0].article(t, "a", day), p[1].article(t, "b", day.Add(2*time.Hour))}
				if stories := Group(pair, prior); (len(stories) == 1) != test.together {
					t.Errorf("%s, prior %g: %q and %q make %d stories", name, prior, p[0].title, p[1].title, len(stories))
				}
			}
		}
	}
	g := &Grouper{}
	for i, p := range oneTown {
		for k := range p {
			at := day.Add(time.Duration(2*i+k) * time.Hour)
			g.Add(fmt.Sprint(i, " ", k), NewSketch(p[k].article(t, "a", at)), at)
		}
	}
	g.Settle()
	for i := range oneTown {
		if g.Story(fmt.Sprint(i, " 0")) == g.Story(fmt.Sprint(i, " 1")) {
			t.Errorf("in one stream: %q and %q make one story", oneTown[i][0].title, oneTown[i][1].title)
		}
	}
}
