package given

import "testing"

func TestOf(t *testing.T) {
	for name, want := range map[string]Gender{"Mary": Female, "Tomas": Male, "Robin": Unknown, "Prado": Unknown, "": Unknown} {
		if got := Of(name); got != want {
			t.Errorf("%q: %d, want %d", name, got, want)
		}
	}
}
