// Command gen writes the table of outlets: domain, name and country, tab-separated and
// in order, from the Kite media data (a JSON list) and the rows of our own.
//
//	go run ./gen -from ../../../shared/corpora/gazetteers/outlets.json -own gen/own.tsv -to outlets.tsv
package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

func main() {
	from := flag.String("from", "", "outlets.json of the Kite media data")
	own := flag.String("own", "", "rows of our own, which win")
	to := flag.String("to", "", "table to write")
	flag.Parse()
	if err := run(*from, *own, *to); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

type row struct{ domain, name, country string }

func run(from, own, to string) error {
	raw, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var outlets []struct {
		Organization string
		Country      string
		Domains      []string
	}
	if err := json.Unmarshal(raw, &outlets); err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	rows := map[string]row{}
	for _, o := range outlets {
		for _, d := range o.Domains {
			d = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(d)), "www.")
			name := strings.Join(strings.Fields(o.Organization), " ")
			if d == "" || name == "" || strings.ContainsAny(d, "/ ") || !strings.Contains(d, ".") {
				continue
			}
			rows[d] = row{d, name, strings.Join(strings.Fields(o.Country), " ")}
		}
	}
	raw, err = os.ReadFile(own)
	if err != nil {
		return err
	}
	for i, l := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		f := strings.Split(l, "\t")
		if len(f) != 3 {
			return fmt.Errorf("%s:%d: %d fields, want 3", own, i+1, len(f))
		}
		rows[f[0]] = row{f[0], f[1], f[2]}
	}
	sorted := make([]row, 0, len(rows))
	for _, r := range rows {
		sorted = append(sorted, r)
	}
	slices.SortFunc(sorted, func(a, b row) int { return cmp.Compare(a.domain, b.domain) })
	var b strings.Builder
	b.WriteString("domain\tname\tcountry\n")
	for _, r := range sorted {
		fmt.Fprintf(&b, "%s\t%s\t%s\n", r.domain, r.name, r.country)
	}
	return os.WriteFile(to, []byte(b.String()), 0o644)
}
