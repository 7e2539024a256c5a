package collation_test

import (
	"testing"

	"synoptic/collation"
)

// TestReadsAlone shows which sentences may stand without those around them.
func TestReadsAlone(t *testing.T) {
	for _, c := range []struct {
		sentence string
		alone    bool
	}{
		{`The owners of the ferry offered them 5.5 percent and a bonus for the winter.`, false},
		{`The owners of the ferry offered the crews 5.5 percent and a bonus for the winter.`, true},
		{`The owners promised the crews of the ferry to pay them before the winter.`, true},
		{`The letter to the harbour board of Norwick says that he signed the log in March.`, false},
		{`Tomas Lind told the harbour board of Norwick that he signed the log in March.`, true},
		{`A passenger told the harbour board of Norwick that he saw the log in March.`, true},
		{`He told the harbour board of Norwick that nobody had signed the log in March.`, false},
		{`But nobody had signed the log of the ferry in March or in April.`, false},
		{`The harbour board closed the line and took the keys of the ferry with it.`, true},
	} {
		told := told(t, "a.example", "2031-05-03", `News in brief`,
			`Tomas Lind runs the ferry line to Norwick, and Tomas Lind has done so for nine years.`, c.sentence)
		side := collation.Collate("test", []collation.Account{told}, nil)
		last := len(told.Analysis.Sentences) - 1
		if got := collation.ReadsAlone(side, 0, last); got != c.alone {
			t.Errorf("%s: reads alone: %t", c.sentence, got)
		}
	}
}
