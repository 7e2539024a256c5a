// Package mcp offers a collection to assistants as tools of the Model Context
// Protocol: list stories, read one side by side, compare texts, search. Calls
// come in over standard input or HTTP; structured content goes out, and the same
// as lines, each with the words that support it and where they stand. No tool
// changes anything.
package mcp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"synoptic/collation"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web/api"
)

// Engine is what the tools read through; see web.Engine, of which it is a part.
type Engine interface {
	View(ctx context.Context, read func(store.Reader) error) error
	Collate(ctx context.Context, story string) (*newsroom.Laid, error)
	Compare(ctx context.Context, in []newsroom.Upload, kept ...string) ([]*collation.Collation, []collation.Problem, error)
}

// Options are the settings of a server. The zero value serves.
type Options struct {
	Version string                // of the program
	Log     *slog.Logger          // is told what went wrong here; nil logs nothing
	Units   func(string) []string // the base units that a unit is kept in; nil takes it for the base itself
	Editor  bool                  // whoever calls may change things: compare reads addresses for them, and they see keys in addresses
}

const instructions = `Synoptic lays several outlets' accounts of one event side by side: what they agree on, where their figures differ,
who said what in which words, and what each leaves out. It describes and never judges. Every line that a tool gives ends with its
cites in square brackets: outlet, article, and start and end in Unicode code points of the article's text. Give these when you
repeat what it says. 'absent' means that an account was read whole and does not have a point; 'unknown' that it was cut.`

// NewServer makes the server that both transports serve.
func NewServer(engine Engine, o Options) *sdk.Server {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := sdk.NewServer(&sdk.Implementation{Name: "synoptic", Title: "Synoptic", Version: o.Version}, &sdk.ServerOptions{
		Instructions: instructions, Capabilities: &sdk.ServerCapabilities{},
	})
	if o.Units == nil {
		o.Units = func(unit string) []string { return []string{unit} }
	}
	t := tools{engine, o.Log, o.Units, o.Editor}
	comparing := "Lays texts, and articles that are kept, side by side, those that tell one event. Addresses are not read for you. Nothing is kept."
	if o.Editor {
		comparing = "Reads addresses and lays them, texts, and articles that are kept, side by side, those that tell one event. Nothing is kept."
	}
	add(s, t, "list_stories", "List stories", "Lists stories: events that several outlets tell. Filter by a query over their articles.", false, t.listStories)
	add(s, t, "read_story", "Read a story side by side",
		"Reads one story in short: points that are agreed on or disputed, figures with their verdicts, quotations in all variants, and what accounts leave out.", false, t.readStory)
	add(s, t, "read_collation", "Read a story's collation as JSON",
		"Reads the whole collation of a story as the JSON that Synoptic's commands print, or some parts of it. Long: prefer read_story.", false, t.readCollation)
	add(s, t, "read_article", "Read an article", "Reads one article with its text, which the offsets of all cites count in.", false, t.readArticle)
	add(s, t, "compare", "Compare accounts", comparing, o.Editor, t.compare)
	add(s, t, "search_articles", "Search articles", "Searches articles by words, phrases and fields.", false, t.searchArticles)
	add(s, t, "search_quotations", "Search quotations", "Searches what articles give as somebody's words, by words, speaker, outlet or story.", false, t.searchQuotations)
	add(s, t, "search_figures", "Search figures", "Searches quantities that articles give, by the words of their sentence, unit, outlet or story.", false, t.searchFigures)
	return s
}

// add adds a tool that reads, and turns what goes wrong into words for whoever
// called it. Only one with web reads from it.
func add[In, Out any](s *sdk.Server, t tools, name, title, description string, web bool, call func(context.Context, In) (string, Out, error)) {
	sdk.AddTool(s, &sdk.Tool{
		Name: name, Title: title, Description: description,
		Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &web},
	}, func(ctx context.Context, _ *sdk.CallToolRequest, in In) (*sdk.CallToolResult, Out, error) {
		text, out, err := caught(ctx, in, call)
		if err != nil {
			return nil, out, t.told(ctx, name, err)
		}
		return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: text}}}, out, nil
	})
}

// caught is call, with a mistake of ours as an error: the SDK runs calls where
// nobody else catches it, and it would end the whole program.
func caught[In, Out any](ctx context.Context, in In, call func(context.Context, In) (string, Out, error)) (text string, out Out, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("panic: %v\n%s", x, debug.Stack())
		}
	}()
	return call(ctx, in)
}

// told is err as a caller is told it. What is the caller's doing is told in full;
// what is not is logged.
func (t tools) told(ctx context.Context, tool string, err error) error {
	var query *store.QueryError
	var input *inputError
	if told := api.Told(err); told != "" {
		return errors.New(told)
	}
	if errors.As(err, &query) || errors.As(err, &input) || ctx.Err() != nil {
		return err
	}
	t.log.Error("mcp", "tool", tool, "error", err)
	return errors.New("something went wrong here; the log says what")
}

// inputError is an argument that cannot be used.
type inputError struct{ error }

// Serve serves s to one client over a pair of streams, those of a command, until
// the client closes its own or ctx ends. Nothing else may write to out.
func Serve(ctx context.Context, s *sdk.Server, in io.Reader, out io.Writer) error {
	err := s.Run(ctx, &sdk.IOTransport{Reader: io.NopCloser(in), Writer: open{out}})
	if errors.Is(err, io.EOF) || ctx.Err() != nil {
		return nil
	}
	return err
}

// open is a writer that a session does not close: it is the command's.
type open struct{ io.Writer }

// Close does nothing.
func (open) Close() error { return nil }

// maxBody is the most bytes of a request over HTTP.
const maxBody = 16 << 20

// Handler serves over streamable HTTP, each request by the server that pick gives
// it, without sessions: every call stands by itself, so nothing is held for a
// client that has gone. Who may ask, under which host name and from which site is
// for the server around it to check.
func Handler(pick func(*http.Request) *sdk.Server) http.Handler {
	return sdk.NewStreamableHTTPHandler(pick, &sdk.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, MaxRequestBodyBytes: maxBody, DisableLocalhostProtection: true,
		PropagateRequestCancellation: true,
	})
}
