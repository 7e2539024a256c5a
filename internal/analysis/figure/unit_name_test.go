package figure_test

import (
	"slices"
	"testing"

	"synoptic/internal/analysis/figure"
)

// A unit is asked for by any of its names; what the pass keeps is among the
// bases.
func TestBases(t *testing.T) {
	for name, want := range map[string][]string{
		"day": {"day"}, "hour": {"hour", "day"}, "hours": {"hours", "day"}, "Hours": {"Hours", "day"}, "h": {"h", "day"},
		"square  miles": {"square miles", "square metre"}, "km/h": {"km/h", "metre/second"}, "per cent": {"per cent", "percent"}, "%": {"%", "percent"},
		"crowns": {"crowns", "crown"}, "eur": {"eur", "EUR"}, "EUR": {"EUR"}, "€": {"€", "EUR"}, "huf": {"huf", "HUF"}, "pounds": {"pounds", "kilogram", "GBP"},
		"people": {"people", "person"}, "person": {"person"}, "Crews": {"Crews", "crew"}, "year of age": {"year of age"}, "USD/barrel": {"USD/barrel"}, "": {""},
	} {
		if got := figure.Bases(name); !slices.Equal(got, want) {
			t.Errorf("%q: %q, not %q", name, got, want)
		}
	}
	for _, name := range []string{"dollars", "$", "cents"} {
		if got := figure.Bases(name); !slices.Contains(got, "USD") || !slices.Contains(got, "AUD") || !slices.Contains(got, "dollar") {
			t.Errorf("%q: %q", name, got)
		}
	}
}

func FuzzBases(f *testing.F) {
	f.Add("US $")
	f.Add("5 ft\n2")
	f.Fuzz(func(t *testing.T, name string) {
		if len(figure.Bases(name)) == 0 {
			t.Error("no base")
		}
	})
}
