package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"time"

	"synoptic"
	"synoptic/article"
	"synoptic/collation"

	"github.com/spf13/cobra"
)

// annotation is the flags of annotate.
type annotation struct {
	from     string
	to       string
	language string
	date     string
	output   string
	jobs     int
}

func newAnnotate(c console) *cobra.Command {
	var f annotation
	cmd := &cobra.Command{
		Use:   "annotate [FILE|-...]",
		Short: "Say what is in each text: words, sentences, names, figures, sources",
		Long: `Annotate reads texts and prints what the engine finds in them. Nothing is
extracted from a text: it is taken as it stands, each of its lines a paragraph.
Without a file, or with "-", it reads standard input.

  --from text     each file is one text
  --from lines    each line is a text of its own, also an empty one
  --from pages    articles, extracted from what compare reads: pages, records,
                  archives, folders, addresses; "-" is a list of them
  --from conllu   a treebank, whose words and sentences are kept
  --from pairs    each line is two sentences with a tab between: same claim or not

  --to json       one object a text, a line each; offsets count Unicode characters
  --to conllu     words with lemma, tags, head, relation, and names (NE=B-PER)

Answers come in the order of the texts. The exit status is 0 when all went well,
1 when something could not be read, 2 when the command line makes no sense.`,
		Example: `  synoptic annotate story.txt
  synoptic annotate --from lines --date 2025-07-24 < headlines.txt
  synoptic annotate --from pages saved/*.html
  synoptic annotate --from conllu --to conllu treebank.conllu`,
		Args: func(cmd *cobra.Command, _ []string) error {
			_, err := f.annotation()
			return misused(cmd, err)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), c, args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.from, "from", "text", "form of the input: text, lines, pages, conllu, pairs")
	flags.StringVar(&f.to, "to", "json", "form of the output: json, conllu")
	flags.StringVar(&f.language, "language", "", "language of the texts, as en or pt-BR (default: found, English where unsure)")
	flags.StringVar(&f.date, "date", "", "day on which the texts are taken to be published, as 2025-07-24")
	flags.StringVarP(&f.output, "output", "o", "", "write to this file")
	flags.IntVar(&f.jobs, "jobs", 0, "texts worked on at once (default: one a processor)")
	return cmd
}

// annotation is what the flags ask for, or why they make no sense.
func (f *annotation) annotation() (synoptic.Annotation, error) {
	o := synoptic.Annotation{From: synoptic.Form(f.from), To: synoptic.Form(f.to), Language: f.language}
	if f.jobs < 0 {
		return o, fmt.Errorf("--jobs %d: it cannot be less than 0", f.jobs)
	}
	if f.date != "" {
		day, err := time.Parse(time.DateOnly, f.date)
		if err != nil {
			return o, fmt.Errorf("--date %q: not a day, as 2025-07-24", f.date)
		}
		o.Published = article.Date{Time: day, Precision: article.Day}
	}
	return o, o.Check()
}

func (f *annotation) run(ctx context.Context, c console, args []string) error {
	o, err := f.annotation()
	if err != nil {
		return err
	}
	engine, err := synoptic.Open(synoptic.Options{Jobs: f.jobs, Input: c.In})
	if err != nil {
		return err
	}
	defer engine.Close()
	if len(args) == 0 {
		args = []string{"-"}
	}
	var problems []collation.Problem
	err = into(f.output, c.Out, func(w io.Writer) (err error) {
		buffered := bufio.NewWriterSize(w, 1<<16)
		problems, err = engine.AnnotateFiles(ctx, buffered, o, args...)
		if flushed := buffered.Flush(); err == nil {
			err = flushed
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintf(c.Err, "synoptic: %s\n", p)
	}
	if len(problems) > 0 {
		return errReported
	}
	return nil
}
