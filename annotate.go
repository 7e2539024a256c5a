package synoptic

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/conllu"
	"synoptic/internal/language"
	"synoptic/text"

	"golang.org/x/sync/errgroup"
)

// Form is how texts or what was found in them are laid out in a stream.
type Form string

// The forms. Nothing is extracted from a text or a line: it is annotated as it
// stands, each of its lines a paragraph. An article is extracted as Read does.
const (
	TextForm   Form = "text"   // in: the whole stream is one text
	LineForm   Form = "lines"  // in: each line is a text of its own, also an empty one
	PairForm   Form = "pairs"  // in: each line is two sentences with a tab between, to be matched
	PageForm   Form = "pages"  // in: what Read reads, an article of each; what is written of it has its text
	ConlluForm Form = "conllu" // in: words and sentences are kept as they are; out: the layers that CoNLL-U has columns for
	JSONForm   Form = "json"   // out: an object a line
)

// Annotation says how texts come in and go out.
type Annotation struct {
	From, To  Form
	Language  string       // BCP 47, of all texts; "" finds it, English where that is not sure
	Published article.Date // the day on which the texts are taken to be published, where they do not say
}

// Check says what is wrong with o: a form that cannot be read or written, or a
// pair of forms that do not go together.
func (o Annotation) Check() error {
	switch o.From {
	case TextForm, LineForm, PairForm, PageForm, ConlluForm:
	default:
		return fmt.Errorf("there is no form %q to read: it is one of text, lines, pages, conllu, pairs", o.From)
	}
	switch o.To {
	case JSONForm, ConlluForm:
	default:
		return fmt.Errorf("there is no form %q to write: it is one of json, conllu", o.To)
	}
	if o.From == PairForm && o.To != JSONForm {
		return errors.New("what is found of pairs is written as json alone")
	}
	return nil
}

// AnnotateFiles annotates the texts of files, in the order given, and writes
// what it finds to w as it goes; "-" is the engine's input, and with PageForm a
// list of sources on it. Texts are worked on
// at once, and their answers come in the order of the texts. What cannot be read
// is a problem, with its place and the reason, and the rest goes on; an error is
// returned when w fails or ctx ends. Bytes that are not UTF-8 become U+FFFD.
func (e *Engine) AnnotateFiles(ctx context.Context, w io.Writer, o Annotation, paths ...string) ([]collation.Problem, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	g, ctx := errgroup.WithContext(ctx)
	queue := make(chan chan answer, 4*e.jobs)
	g.Go(func() error {
		defer close(queue)
		workers := make(chan struct{}, e.jobs)
		put := func(t task) error {
			out := make(chan answer, 1)
			select {
			case queue <- out:
			case <-ctx.Done():
				return ctx.Err()
			}
			workers <- struct{}{}
			g.Go(func() error {
				out <- e.answer(ctx, o, t)
				<-workers
				return nil
			})
			return nil
		}
		for _, path := range paths {
			cut := e.tasks
			if o.From == PageForm {
				cut = e.pages
			}
			if err := cut(ctx, o, path, put); err != nil {
				return err
			}
		}
		return nil
	})
	var problems []collation.Problem
	g.Go(func() error {
		for out := range queue {
			a := <-out
			if a.err != nil {
				problems = append(problems, collation.Problem{Place: a.place, Err: a.err})
			}
			if a.write == nil {
				continue
			}
			if err := a.write(w); err != nil {
				return err
			}
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return problems, nil
}

// task is one text to annotate, one pair to match, or what could not be read.
type task struct {
	place    string
	language string
	text     string
	document *conllu.Document // with From conllu
	article  *article.Article // with From pages
	err      error
}

// answer is what goes out for a task. What was found in a text takes less memory
// than its JSON, so it is written only when its turn has come.
type answer struct {
	place string
	write func(io.Writer) error // nil where there is nothing to write
	err   error
}

// tasks cuts one file up and hands each piece to put. The error is put's.
func (e *Engine) tasks(_ context.Context, o Annotation, path string, put func(task) error) error {
	file := e.gatherer.Stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return put(task{place: path, err: reason(err)})
		}
		defer f.Close()
		file = f
	} else if file == nil {
		return put(task{place: path, err: errors.New("there is no input to read")})
	}
	in := bufio.NewReaderSize(file, 1<<16)
	head, _ := in.Peek(4096) // what is wrong shows again when it is read
	tag := o.language(string(head))
	switch o.From {
	case TextForm:
		body, err := io.ReadAll(in)
		return put(task{place: path, language: tag, text: string(body), err: reason(err)})
	case ConlluForm:
		return documents(conllu.NewReader(path, in), path, tag, put)
	}
	for n := 1; ; n++ {
		line, err := in.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			return nil
		}
		t := task{place: fmt.Sprintf("%s:%d", path, n), language: tag, text: strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")}
		if err != nil && !errors.Is(err, io.EOF) {
			t.err = reason(err)
			return put(t)
		}
		if err := put(t); err != nil {
			return err
		}
	}
}

// pages hands the articles of one source to put. The error is put's, or ctx has
// ended.
func (e *Engine) pages(ctx context.Context, o Annotation, source string, put func(task) error) error {
	reading, err := e.Read(ctx, source)
	if err != nil {
		return err
	}
	for _, a := range reading.Articles {
		if err := put(task{place: a.Place, language: cmp.Or(o.Language, a.Language), article: a}); err != nil {
			return err
		}
	}
	for _, p := range reading.Problems {
		if err := put(task{place: p.Place, err: p.Err}); err != nil {
			return err
		}
	}
	return nil
}

// documents hands the documents of a treebank to put.
func documents(r *conllu.Reader, path, tag string, put func(task) error) error {
	const sentences = 200 // in one document where the treebank does not divide itself
	for {
		d, err := r.Document(sentences)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return put(task{place: path, err: err})
		}
		if err := put(task{place: d.Place, language: tag, document: d}); err != nil {
			return err
		}
	}
}

// reason is err without the path, which the problem names.
func reason(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// language is that of a stream which begins with head.
func (o Annotation) language(head string) string {
	if o.Language != "" {
		return o.Language
	}
	const sure = 0.9
	if tag, confidence := language.Of(strings.ToValidUTF8(head, "")); tag != "" && confidence >= sure && o.From != ConlluForm {
		return tag
	}
	return "en"
}

func (e *Engine) answer(ctx context.Context, o Annotation, t task) answer {
	out := answer{place: t.place, err: t.err}
	if t.err != nil {
		return out
	}
	if o.From == PairForm {
		var pair []byte
		pair, out.err = e.matched(ctx, t)
		out.write = whole(pair)
		return out
	}
	var a *article.Article
	n := &article.Analysis{}
	switch {
	case t.document != nil:
		a, n = t.document.Article(t.language)
	case t.article != nil:
		a = t.article
		a.Language = t.language
	default:
		a = plain(t.place, t.text)
		a.Language = t.language
	}
	if !a.Published.Known() {
		a.Published = o.Published
	}
	if out.err = e.pipeline.Continue(ctx, a, n); out.err != nil {
		return out
	}
	if o.To == JSONForm {
		out.write = func(w io.Writer) error { return article.Encode(w, a, n, o.From == PageForm) }
		return out
	}
	if t.document == nil {
		t.document = conllu.Make(a, n)
	} else {
		t.document.Fill(n)
	}
	var b bytes.Buffer
	out.err = t.document.Write(&b)
	out.write = whole(b.Bytes())
	return out
}

// whole writes what is there already.
func whole(written []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(written)
		return err
	}
}

// matched is the answer for a pair.
func (e *Engine) matched(ctx context.Context, t task) ([]byte, error) {
	a, b, ok := strings.Cut(t.text, "\t")
	var pair struct {
		Same  bool    `json:"same"`
		Score float64 `json:"score"`
	}
	var err error
	if ok {
		x, y := plain(t.place, a), plain(t.place, b)
		x.Language, y.Language = t.language, t.language
		pair.Same, pair.Score, err = e.Match(ctx, x, y)
	} else {
		err = errors.New("no tab between two sentences")
	}
	out, failed := json.Marshal(pair)
	return append(out, '\n'), errors.Join(err, failed)
}

// plain is a text as it stands, as an article.
func plain(place, body string) *article.Article {
	a := &article.Article{Place: place, Text: strings.ToValidUTF8(body, "\uFFFD"), Completeness: 1}
	at := 0
	for line := range strings.SplitSeq(a.Text, "\n") {
		if line != "" {
			a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: text.Span{Start: at, End: at + len(line)}})
		}
		at += len(line) + 1
	}
	return a
}
