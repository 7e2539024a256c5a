package collation_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"synoptic"
	"synoptic/collation"
)

// sizes are the numbers of accounts that collation is measured at: each twice
// the one before.
var sizes = []int{10, 20, 40, 80}

// events is the first accounts of real events, as many as the largest size, read
// and analysed once. Taken together they are a story with many strands.
var events = sync.OnceValues(func() ([]collation.Account, error) {
	const path = "../../shared/corpora/stories/events-dev.jsonl"
	if _, err := os.Stat(path); err != nil {
		return nil, nil
	}
	engine, err := synoptic.Open(synoptic.Options{})
	if err != nil {
		return nil, err
	}
	defer engine.Close()
	ctx := context.Background()
	reading, err := engine.Read(ctx, path)
	if err != nil {
		return nil, err
	}
	var accounts []collation.Account
	for _, a := range reading.Articles[:sizes[len(sizes)-1]] {
		n, err := engine.Annotate(ctx, a)
		if err != nil {
			return nil, err
		}
		accounts = append(accounts, collation.Account{Article: a, Analysis: n})
	}
	return accounts, nil
})

// BenchmarkCollate tells what collation costs without the analysis: of accounts
// of real events where the corpora stand beside the checkout, and of generated
// ones. The time grows by less than 2.6 where the accounts double.
func BenchmarkCollate(b *testing.B) {
	measure := func(b *testing.B, accounts []collation.Account) {
		b.ReportAllocs()
		passages := 0
		for _, a := range accounts {
			passages += len(a.Analysis.Sentences)
		}
		for b.Loop() {
			collation.Collate("test", accounts, nil)
		}
		b.ReportMetric(float64(passages), "passages")
	}
	for _, n := range sizes {
		b.Run(fmt.Sprintf("generated/%d", n), func(b *testing.B) { measure(b, tellings(b, n, 30)) })
	}
	for _, n := range sizes {
		b.Run(fmt.Sprintf("events/%d", n), func(b *testing.B) {
			accounts, err := events()
			if err != nil {
				b.Fatal(err)
			}
			if accounts == nil {
				b.Skip("no corpora beside the repository: ../shared/corpora/stories is not there")
			}
			measure(b, accounts[:n])
		})
	}
}

// TestAllocations: what a story costs in allocations stays near what its
// accounts hold, however many they are.
func TestAllocations(t *testing.T) {
	const most = 95 // a passage
	for _, n := range sizes[:3] {
		accounts := tellings(t, n, 30)
		passages := 0
		for _, a := range accounts {
			passages += len(a.Analysis.Sentences)
		}
		if got := testing.AllocsPerRun(1, func() { collation.Collate("test", accounts, nil) }); got > most*float64(passages) {
			t.Errorf("%d accounts: %.0f allocations for %d passages, want at most %d each", n, got, passages, most)
		}
	}
}
