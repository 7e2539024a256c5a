package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"synoptic/internal/model"
	"synoptic/internal/model/gazetteer"
)

const gazetteerCredit = "Facts from mledoze/countries (ODbL), Kite's media data (MIT), the Phoenix dictionaries of PETRARCH2 (MIT) and lists of United States first names and surnames (public domain)."

// listed gathers phrases in normal form with the lists that have them.
type listed map[string]gazetteer.Lists

// add takes a phrase as a list writes it.
func (l listed) add(phrase string, list gazetteer.Lists) {
	phrase = strings.NewReplacer("'s ", " 's ", "’s ", " 's ", ",", "").Replace(strings.TrimSpace(phrase) + " ")
	words := strings.Fields(strings.ToLower(phrase))
	if len(words) == 0 || len(words) > 8 || len(words) == 1 && len(words[0]) < 2 {
		return
	}
	l[strings.Join(words, " ")] |= list
}

func (l listed) countries(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var all []struct {
		Name struct {
			Common, Official string
		}
		Capital      []string
		AltSpellings []string
		Demonyms     struct {
			Eng struct{ F, M string }
		}
	}
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, c := range all {
		l.add(c.Name.Common, gazetteer.Country)
		l.add(c.Name.Official, gazetteer.Country)
		for _, s := range c.AltSpellings {
			if len(s) > 3 {
				l.add(s, gazetteer.Country)
			}
		}
		for _, s := range c.Capital {
			l.add(s, gazetteer.Place)
		}
		for _, d := range []string{c.Demonyms.Eng.F, c.Demonyms.Eng.M} {
			for _, s := range strings.Split(d, ",") {
				l.add(s, gazetteer.Demonym)
				if s = strings.TrimSpace(s); strings.HasSuffix(s, "n") || strings.HasSuffix(s, "i") {
					l.add(s+"s", gazetteer.Demonym)
				}
			}
		}
	}
	return nil
}

func (l listed) outlets(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var all []struct{ Organization string }
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, o := range all {
		name, _, _ := strings.Cut(o.Organization, " (")
		l.add(name, gazetteer.Outlet)
		if rest, ok := strings.CutPrefix(name, "The "); ok {
			l.add(rest, gazetteer.Outlet)
		}
	}
	return nil
}

// lines calls each for every line of a file that is neither empty nor a comment.
func lines(path string, each func(string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for in.Scan() {
		line, _, _ := strings.Cut(in.Text(), "#")
		if strings.TrimSpace(line) != "" {
			each(line)
		}
	}
	return in.Err()
}

// code is what a Phoenix dictionary says of an actor: a country, or a country
// or an international body with a role, in groups of three letters.
var code = regexp.MustCompile(`\[(~?[A-Z]{3,})[ \]]`)

// actors reads a Phoenix dictionary: a name a line, its other names on lines
// that begin with "+", its codes on the same or on indented lines.
func (l listed) actors(path string, of func(name string, codes []string) gazetteer.Lists) error {
	var names, codes []string
	flush := func() {
		for _, n := range names {
			if list := of(n, codes); list != 0 {
				l.add(n, list)
			}
		}
		names, codes = nil, nil
	}
	err := lines(path, func(line string) {
		name, _, _ := strings.Cut(line, "[")
		name = strings.TrimSpace(strings.ReplaceAll(name, "_", " "))
		switch {
		case strings.HasPrefix(line, "+"):
			names = append(names, strings.TrimPrefix(name, "+"))
		case name != "" && line[0] != ' ' && line[0] != '\t':
			flush()
			names = append(names, name)
		}
		for _, m := range code.FindAllStringSubmatch(line, -1) {
			codes = append(codes, m[1])
		}
	})
	flush()
	return err
}

func trainGazetteer(args []string, log io.Writer) error {
	flags := flag.NewFlagSet("gazetteer", flag.ContinueOnError)
	corpora := flags.String("corpora", "../shared/corpora", "folder of the corpora")
	out := flags.String("o", "internal/model/weights", "folder that the weights are written to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folder := filepath.Join(*corpora, "gazetteers")
	l := listed{}
	if err := l.countries(filepath.Join(folder, "countries.json")); err != nil {
		return err
	}
	if err := l.outlets(filepath.Join(folder, "outlets.json")); err != nil {
		return err
	}
	// Actors of a country: its name, its people and its places carry the bare
	// code; who has a role in it is a person, or a body with a telling word.
	err := l.actors(filepath.Join(folder, "Phoenix.Countries.actors.txt"), func(name string, codes []string) gazetteer.Lists {
		bare := len(codes) > 0
		for _, c := range codes {
			bare = bare && len(c) == 3
		}
		words := strings.Fields(name)
		last := strings.ToLower(words[len(words)-1])
		switch {
		case l[strings.ToLower(name)] != 0:
			return 0
		case bare && len(words) == 1 && demonymEnding(last):
			return gazetteer.Demonym
		case bare && len(words) <= 3:
			return gazetteer.Place
		case bodyWords[last]:
			return gazetteer.Organisation
		case len(words) >= 2 && len(words) <= 4:
			return gazetteer.Person
		}
		return 0
	})
	if err != nil {
		return err
	}
	err = l.actors(filepath.Join(folder, "Phoenix.International.actors.txt"), func(name string, codes []string) gazetteer.Lists {
		words := strings.Fields(name)
		for _, c := range codes {
			if strings.HasPrefix(c, "IMG") || strings.HasPrefix(c, "MNC") || strings.HasPrefix(c, "NGO") {
				return gazetteer.Organisation
			}
		}
		if len(words) == 0 || len(codes) == 0 {
			return 0
		}
		return gazetteer.Organisation
	})
	if err != nil {
		return err
	}
	err = lines(filepath.Join(folder, "Phoenix.agents.txt"), func(line string) {
		name, _, _ := strings.Cut(line, "[")
		name, _, _ = strings.Cut(name, "{")
		name = strings.TrimSpace(strings.ReplaceAll(name, "_", " "))
		if stem, ok := strings.CutSuffix(name, "!PERSON!"); ok {
			for _, end := range []string{"man", "woman", "person", "men", "women"} {
				l.add(stem+end, gazetteer.Title)
			}
			return
		}
		if !strings.Contains(name, "!") {
			l.add(name, gazetteer.Title)
		}
	})
	if err != nil {
		return err
	}
	for name, list := range map[string]gazetteer.Lists{"first-names-us.txt": gazetteer.FirstName, "surnames-us.txt": gazetteer.Surname} {
		if err := lines(filepath.Join(folder, name), func(line string) { l.add(line, list) }); err != nil {
			return err
		}
	}
	for _, t := range titles {
		l.add(t, gazetteer.Title)
	}
	phrases := slices.Sorted(maps.Keys(l))
	var lists []gazetteer.Lists
	for _, p := range phrases {
		lists = append(lists, l[p])
	}
	g, err := gazetteer.New(phrases, lists)
	if err != nil {
		return err
	}
	sizes := map[gazetteer.Lists]int{}
	for _, s := range lists {
		for b := gazetteer.Lists(1); b <= gazetteer.Title; b <<= 1 {
			if s&b != 0 {
				sizes[b]++
			}
		}
	}
	fmt.Fprintf(log, "%d phrases; by list %v\n", len(phrases), sizes)
	b := &model.Builder{Name: "gazetteer", About: gazetteerCredit}
	g.AddTo(b)
	return writeModel(b, filepath.Join(*out, "gazetteer.model"))
}

func demonymEnding(s string) bool {
	for _, e := range []string{"ian", "ians", "ese", "ish", "ans", "ean", "eans", "ani", "anis", "qi", "qis", "ic"} {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// bodyWords end the names of bodies in the Phoenix dictionaries.
var bodyWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`agency alliance army assembly association authority bank board brigade brigades bureau
		centre center church coalition college commission committee company conference congress corporation council court
		democrats department federation force forces foundation front government group institute league liberals
		ministry mission movement network office organisation organization parliament party police senate service society
		socialists tribunal troops union university`) {
		m[w] = true
	}
	return m
}()

// titles stand before or after a person's name; the Phoenix list has mostly
// occupations.
var titles = strings.Split(`mr;mr.;mrs;mrs.;ms;ms.;dr;dr.;prof.;professor;sir;dame;lord;lady;baroness;rev.;reverend;father;
sister;brother;rabbi;imam;sheikh;sheik;ayatollah;grand ayatollah;mullah;cleric;pope;cardinal;archbishop;bishop;
president;vice president;prime minister;deputy prime minister;premier;chancellor;minister;foreign minister;defense minister;
defence minister;finance minister;interior minister;deputy minister;secretary;foreign secretary;home secretary;
secretary of state;secretary of defense;defense secretary;treasury secretary;press secretary;secretary-general;secretary general;
attorney general;solicitor general;surgeon general;director general;general;gen.;lieutenant general;lt. gen.;major general;maj. gen.;
brigadier general;brig. gen.;colonel;col.;lieutenant colonel;lt. col.;major;maj.;captain;capt.;lieutenant;lt.;sergeant;sgt.;
corporal;cpl.;private;admiral;adm.;vice admiral;rear admiral;commander;cmdr.;chief;police chief;army chief;marshal;
senator;sen.;representative;rep.;congressman;congresswoman;governor;gov.;lieutenant governor;mayor;councilman;councilwoman;
king;queen;prince;princess;emperor;sultan;emir;crown prince;duke;duchess;
ambassador;envoy;special envoy;spokesman;spokeswoman;spokesperson;negotiator;judge;justice;chief justice;prosecutor;
chairman;chairwoman;chair;chief executive;chief executive officer;ceo;director;coach;manager;leader;opposition leader;
rebel leader;party leader;former president;analyst;economist;lawyer;attorney;actor;actress;singer;author;aide;adviser;advisor`, ";")
