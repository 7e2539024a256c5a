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
		events[i] = happens(r, i)
	}
	start := time.Date(2031, 3, 1, 6, 0, 0, 0, time.UTC)
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
	outlets = []string{"ansel-courier.example", "lantern.example", "tarrow-echo.example", "brevany-radio.example", "islander.example", "register.example"}
	towns   = []string{"Port Ansel", "Lower Maddon", "Tarrow", "Brevany", "Aldmoor", "Corrow", "Wexmere", "Ostley", "Hartsby", "Lune", "Drayfield", "Mossgate"}
	givens  = []string{"Hettie", "Ines", "Tobias", "Marta", "Ned", "Ruth", "Oskar", "Lena", "Ivor", "Dilys"}
	family  = []string{"Rowland", "Quarrie", "Venn", "Ashdown", "Pell", "Strand", "Okafor", "Lindqvist", "Mayhew", "Farrow", "Brandt", "Cole"}
	things  = []string{"bridge", "school", "mill", "harbour", "tunnel", "library", "market hall", "reservoir", "clinic", "quarry", "brewery", "theatre"}
	fates   = []string{"is closed after a fire", "is sold to a rival", "floods in the night", "reopens after a strike", "loses its licence", "is damaged by a storm", "wins a national prize", "is fenced off after cracks appear"}
)

// happening is an invented event.
type happening struct {
	town, person, other, thing, fate string
	people, cost, days               int
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func happens(r *rand.Rand, i int) happening {
	return happening{
		town: towns[i%len(towns)], thing: things[(i/len(towns)+i)%len(things)], fate: pick(r, fates),
		person: pick(r, givens) + " " + pick(r, family), other: pick(r, givens) + " " + pick(r, family),
		people: 10 + r.IntN(400), cost: 2 + r.IntN(90), days: 2 + r.IntN(20),
	}
}

func (e happening) headline(r *rand.Rand) string {
	return pick(r, []string{
		fmt.Sprintf("%s %s %s", e.town, e.thing, e.fate),
		fmt.Sprintf("%d people affected as %s %s %s", e.people, e.town, e.thing, e.fate),
		fmt.Sprintf("%s: the %s %s, says %s", e.town, e.thing, e.fate, e.person),
	})
}

func (e happening) account(r *rand.Rand) string {
	sentences := []string{
		fmt.Sprintf("The %s in %s %s, officials said on Monday.", e.thing, e.town, e.fate),
		fmt.Sprintf("About %d people who live or work near the %s were told to stay away for %d days.", e.people, e.thing, e.days),
		fmt.Sprintf("“Nobody in %s saw this coming,” said %s, who has run the %s since 2019.", e.town, e.person, e.thing),
		fmt.Sprintf("%s, the mayor of %s, said that the work would cost $%d million.", e.other, e.town, e.cost),
		fmt.Sprintf("A spokesman for the county denied that the %s had been neglected.", e.thing),
		fmt.Sprintf("%s wants the county to pay at least half of it.", e.person),
		fmt.Sprintf("Engineers will look at the %s again in %d days.", e.thing, e.days),
	}
	r.Shuffle(len(sentences)-1, func(i, k int) { sentences[i+1], sentences[k+1] = sentences[k+1], sentences[i+1] })
	return strings.Join(sentences[:4+r.IntN(4)], "\n")
}
