package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newMan prints the manual page, in the man macros of troff (man(7)). One page
// holds all commands: there are few, and a reader searches it.
func newMan(c console) *cobra.Command {
	return &cobra.Command{
		Use:    "man",
		Short:  "Print the manual page",
		Hidden: true,
		Args:   none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			m := manual{w: c.Out}
			m.page(cmd.Root())
			return m.err
		},
	}
}

// manual writes a manual page; its first failure is kept.
type manual struct {
	w   io.Writer
	err error
}

func (m *manual) printf(format string, args ...any) {
	if m.err == nil {
		_, m.err = fmt.Fprintf(m.w, format, args...)
	}
}

// text writes lines as they stand: examples and lists keep their columns.
func (m *manual) text(s string) {
	for line := range strings.SplitSeq(strings.TrimRight(s, "\n"), "\n") {
		m.printf("%s\n", troff(line))
	}
}

// troff is a line with what troff would take for its own escaped.
func troff(line string) string {
	line = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(line)
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		line = `\&` + line
	}
	return line
}

func (m *manual) page(root *cobra.Command) {
	m.printf(".TH SYNOPTIC 1\n.SH NAME\nsynoptic \\- %s\n", troff(strings.ToLower(root.Short)))
	m.printf(".SH SYNOPSIS\n.B synoptic\n.I command\n[\\fIflags\\fR] [\\fIarguments\\fR]\n.SH DESCRIPTION\n")
	m.text(root.Long)
	m.printf(".SH COMMANDS\n")
	for _, cmd := range root.Commands() {
		if cmd.Hidden || cmd.Name() == "help" || cmd.Name() == "completion" {
			continue
		}
		m.command(cmd)
	}
	m.printf(".SH EXIT STATUS\n0 when all went well; 1 when something could not be read or done, and what could be was; 2 when the command line makes no sense.\n")
	m.printf(".SH ENVIRONMENT\nEvery setting that\n.B synoptic config\nlists can be given by the environment: SYNOPTIC_DB for \\-\\-db.\n")
}

func (m *manual) command(cmd *cobra.Command) {
	m.printf(".SS \"%s\"\n", troff(cmd.UseLine()))
	m.printf("%s.\n", troff(cmd.Short))
	if cmd.Long != "" {
		m.printf(".PP\n.nf\n")
		m.text(cmd.Long)
		m.printf(".fi\n")
	}
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		name, usage := pflag.UnquoteUsage(f)
		short := ""
		if f.Shorthand != "" {
			short = "-" + f.Shorthand + ", "
		}
		m.printf(".TP\n\\fB%s\\fR \\fI%s\\fR\n%s\n", troff(short+"--"+f.Name), name, troff(usage))
	})
	if cmd.Example != "" {
		m.printf(".PP\n.nf\n")
		m.text(cmd.Example)
		m.printf(".fi\n")
	}
}
