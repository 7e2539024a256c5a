// Package stream invents a stream of news, for tests and measurements that need
// more accounts than anybody would write. What it tells never happened.
package stream

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// perEvent is how many accounts an event has on average.
const perEvent = 8

// Write writes n records in news-please form, one a line, about n/8 events, in
// order of publication: several outlets tell each event, in sentences that they
// share in part. The same n gives the same bytes.
func Write(w io.Writer, n int) error {
	out := bufio.NewWriter(w)
	r := rand.New(rand.NewPCG(1, uint64(n)))
	events := make([]happening, max(n/perEvent, 1))
	for i := range events {
		events[i] = happens(r)
	}
	start := time.Date(2021, 3, 1, 6, 0, 0, 0, time.UTC)
	for i := range n {
		e := events[min(i/perEvent+r.IntN(3), len(events)-1)]
		outlet := outlets[r.IntN(len(outlets))]
		line, err := json.Marshal(map[string]any{
			"title": e.headline(r), "text": e.account(r),
			"url":           fmt.Sprintf("https://%s/%d", outlet, i),
			"source_domain": outlet,
			"date_publish":  start.Add(time.Duration(i) * 7 * time.Minute).Format("2006-01-02 15:04:05"),
		})
		if err != nil {
			return err
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}

var (
	outlets = []string{
		"ansel-courier.example", "lantern.example", "tarrow-echo.example", "brevany-radio.example", "islander.example", "register.example",
	}
	things = []string{
		"bridge", "school", "mill", "harbour", "tunnel", "library", "market hall", "reservoir", "clinic", "quarry", "brewery", "theatre",
		"lighthouse", "orchard", "museum", "airfield", "bakery", "stadium", "windmill", "cannery", "observatory", "hospital", "sawmill", "aquarium",
	}
	fates = []string{
		"is closed after a fire", "is sold to a rival", "floods in the night", "reopens after a strike", "loses its licence",
		"is damaged by a storm", "wins a national prize", "is fenced off after cracks appear", "is searched by detectives",
		"is given to the parish", "runs out of money", "is to be pulled down", "is haunted by gulls", "is hit by a lorry",
	}
	causes = []string{
		"a faulty heater", "an unpaid bill", "heavy rain", "a quarrel among its owners", "a landslip", "stolen cables", "a lightning strike",
		"rotten beams", "a forged certificate", "a burst main", "a swarm of bees", "an old mine", "a court ruling", "a lost key",
	}
	syllables = []string{
		"al", "bre", "cor", "dun", "el", "fen", "gar", "hol", "in", "jor", "kel", "lum", "mor", "nar", "os", "pel", "quar", "ros", "sel", "tar", "ul",
		"ven", "wex", "yar", "zel", "bran", "dray", "mos", "har", "lin", "ter", "vick", "ston", "mere", "ley", "by", "wick", "dale", "row", "shaw",
	}
)

// happening is an invented event.
type happening struct {
	town, body, person, other, thing, fate, cause string
	people, cost, days                            int
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// name is a word that hardly comes twice.
func name(r *rand.Rand) string {
	w := pick(r, syllables) + pick(r, syllables) + pick(r, syllables)
	return strings.ToUpper(w[:1]) + w[1:]
}

func happens(r *rand.Rand) happening {
	return happening{
		town: name(r), body: name(r) + " " + name(r) + " Trust", thing: pick(r, things), fate: pick(r, fates), cause: pick(r, causes),
		person: name(r) + " " + name(r), other: name(r) + " " + name(r),
		people: 10 + r.IntN(900), cost: 2 + r.IntN(90), days: 2 + r.IntN(40),
	}
}

func (e happening) headline(r *rand.Rand) string {
	return pick(r, []string{
		fmt.Sprintf("%s %s %s", e.town, e.thing, e.fate),
		fmt.Sprintf("%d people affected as %s %s %s", e.people, e.town, e.thing, e.fate),
		fmt.Sprintf("%s: %s blamed as the %s %s", e.town, e.cause, e.thing, e.fate),
		fmt.Sprintf("%s of %s speaks after the %s %s", e.person, e.town, e.thing, e.fate),
	})
}

func (e happening) account(r *rand.Rand) string {
	sentences := []string{
		fmt.Sprintf("The %s in %s %s, officials said on Monday.", e.thing, e.town, e.fate),
		fmt.Sprintf("About %d people who live or work near the %s %s were told to stay away for %d days.", e.people, e.town, e.thing, e.days),
		fmt.Sprintf("“Nobody in %s saw this coming,” said %s, who has run the %s since 2019.", e.town, e.person, e.thing),
		fmt.Sprintf("%s, the mayor of %s, said that %s was to blame and that the work would cost $%d million.", e.other, e.town, e.cause, e.cost),
		fmt.Sprintf("A spokesman for the %s denied that the %s had been neglected.", e.body, e.thing),
		fmt.Sprintf("%s wants the %s to pay at least half of it.", e.person, e.body),
		fmt.Sprintf("Engineers of the %s will look at %s again in %d days.", e.body, e.cause, e.days),
	}
	r.Shuffle(len(sentences)-1, func(i, k int) { sentences[i+1], sentences[k+1] = sentences[k+1], sentences[i+1] })
	return strings.Join(sentences[:4+r.IntN(4)], "\n")
}
