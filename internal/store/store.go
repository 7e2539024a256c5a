// Package store says what is kept and how it is asked for: articles with every
// version they had, what was found in them, the stories they tell, the sources
// they come from, corrections that people made, work that is due, and a journal
// of all that happened. The nouns come first; [Store] is what a database must
// offer, and storetest is the one suite that every database passes. The folders
// below hold one database each.
package store

import (
	"context"
	"errors"
	"time"

	"synoptic/article"
)

// What a caller may want to tell apart.
var (
	ErrNotFound = errors.New("not found")
	ErrNewer    = errors.New("the database was made by a newer version of Synoptic")
	ErrReadOnly = errors.New("the database cannot be written to")
	ErrFull     = errors.New("the disk is full")
	ErrConflict = errors.New("somebody else has changed it meanwhile")
	ErrCursor   = errors.New("the cursor is none that a page of this list has ended with")
)

// Store is a database that keeps a collection.
//
// What Update does is one transaction: it is kept whole or not at all, also
// when the machine stops in the middle. Updates of one database never overlap,
// whichever process makes them, so what one reads stays true until it ends.
// Views overlap with each other and with an update, and each sees one moment.
// An error of the function is returned as it is, and nothing is kept.
type Store interface {
	View(ctx context.Context, read func(Reader) error) error
	Update(ctx context.Context, write func(Writer) error) error
	// Backup writes a whole copy, as of one moment, to a new file while the
	// store is in use.
	Backup(ctx context.Context, path string) error
	// Verify says what is wrong with the database itself.
	Verify(ctx context.Context) error
	Close() error
}

// Reader is what can be asked.
type Reader interface {
	ArticleReader
	FindingReader
	StoryReader
	SourceReader
	JobReader
	AlertReader

	// Events is what happened after the event numbered after, oldest first, at
	// most limit of them.
	Events(ctx context.Context, after int64, limit int) ([]Event, error)
	// LastEvent is the number of the newest event, 0 when there is none.
	LastEvent(ctx context.Context) (int64, error)
	// Value is a setting; ErrNotFound when there is none of that name.
	Value(ctx context.Context, name string) ([]byte, error)
	// Totals counts what is kept.
	Totals(ctx context.Context) (Totals, error)
}

// Writer is what can be changed. It reads what it has written.
type Writer interface {
	Reader
	ArticleWriter
	StoryWriter
	SourceWriter
	JobWriter
	AlertWriter

	// Record appends to the journal and gives the event its number, which
	// becomes the revision of the stories that the event names.
	Record(ctx context.Context, e *Event) error
	// SetValue keeps a setting; a nil value removes it.
	SetValue(ctx context.Context, name string, value []byte) error
}

// Page asks for a part of a list.
type Page struct {
	After string // the cursor that the page before ended with; "" for the first; ErrCursor for any other words
	Limit int    // most entries; 0 means 50
}

// Totals counts what is kept.
type Totals struct {
	Articles, Versions, Stories, Sources, Jobs, Events int
	Bytes                                              int64 // of the database itself
}

// Kept is an article as it is kept: one version of it.
type Kept struct {
	*article.Article
	ID      string    // of the article, through all its versions; see ArticleID
	Version int       // 1 for the first
	Seen    time.Time // when this version was first read
	Source  string    // the source that led to it; "" when it was named or imported
	Story   string    // the story that it tells; "" while it is in none
}

// Capture is the bytes that an article was made from, as they came.
type Capture struct {
	Article string
	Version int
	Address string // where they were read; "" for a file
	Type    string // media type
	Charset string // as the server declared it
	Read    time.Time
	Body    []byte
}

// ArticleFilter narrows a list of articles. Zero fields do not narrow.
type ArticleFilter struct {
	Story    string
	Outlet   string // domain or name
	Language string
	From, To time.Time // publication, From included, To not
}

// ArticleReader asks for articles.
type ArticleReader interface {
	// Article is the newest version of an article.
	Article(ctx context.Context, id string) (Kept, error)
	// Versions is every version of an article, oldest first.
	Versions(ctx context.Context, id string) ([]Kept, error)
	// Articles lists newest versions, latest publication first.
	Articles(ctx context.Context, f ArticleFilter, p Page) (list []Kept, next string, err error)
	// Sequence lists newest versions in the order in which the articles were
	// first put, from after a sequence number on: what an export and the
	// rebuilding of the grouper's state read. The number of the last one is
	// returned with it, 0 at the end.
	Sequence(ctx context.Context, after int64, limit int) (list []Kept, last int64, err error)
	Capture(ctx context.Context, id string, version int) (Capture, error)
	// Search lists newest versions that a query fits, best first.
	Search(ctx context.Context, q Query, p Page) (hits []Hit, next string, err error)
	// Outlets counts the articles of each outlet, most first.
	Outlets(ctx context.Context) ([]OutletCount, error)
}

// ArticleWriter keeps and forgets articles.
type ArticleWriter interface {
	// PutArticle keeps what was read. An article that is new gets version 1;
	// one whose text or title has changed gets a new version; one that is
	// unchanged gets none. What was kept before is never overwritten.
	PutArticle(ctx context.Context, k Kept, c *Capture) (Put, error)
	// PutFindings keeps what an engine found in a version: the analysis, what
	// the search for words of people, figures and names needs of it (see
	// FindingsOf), and the sketch that the grouper works with.
	PutFindings(ctx context.Context, id string, version int, n *article.Analysis, sketch []byte) error
	// Forget removes articles with all their versions, findings, captures and
	// memberships; a story that loses its last article goes too, with those that
	// have become a part of it. An article that is not there is forgotten already.
	Forget(ctx context.Context, ids ...string) error
}

// Put is what came of keeping an article.
type Put struct {
	ID       string
	Version  int
	New      bool // there was no such article
	Changed  bool // there was one, and this is a new version
	Sequence int64
}

// OutletCount is an outlet with how many articles of it are kept.
type OutletCount struct {
	article.Outlet
	Articles int
	Latest   time.Time
}

// Hit is an article that a search found.
type Hit struct {
	Kept
	Snippet string // words around what fits, cut from the text
	Marks   []Mark // what fits, within Snippet
}

// Mark is a range of bytes.
type Mark struct{ Start, End int }

// Utterance is words that an article gives as somebody's.
type Utterance struct {
	Article   string
	Version   int
	Outlet    article.Outlet
	Title     string
	Published article.Date
	Speaker   string // resolved name; "" where it stays open
	Role      string
	Kind      article.AttributionKind
	Start     int // bytes of the article's text
	End       int
	Text      string // exactly those bytes
	Story     string
}

// Quantity is a figure that an article gives.
type Quantity struct {
	Article   string
	Version   int
	Outlet    article.Outlet
	Title     string
	Published article.Date
	Start     int
	End       int
	Text      string
	Value     float64 // in Unit, the base unit
	Unit      string
	Of        string // what is counted, "" where it is not known
	Passage   string // the sentence that it stands in
	Story     string
}

// NameCount is a person, group or place with how much is kept about it.
type NameCount struct {
	Name       string
	Kind       article.MentionKind
	Articles   int // that name it
	Utterances int // that it is the speaker of
}

// FindingFilter narrows a list of utterances or quantities.
type FindingFilter struct {
	Words    string   // words that must stand in it, "" for any
	Speaker  string   // utterances of one speaker alone, by the whole name
	Speakers string   // utterances of speakers in whose names these words stand in a row
	Units    []string // quantities of these base units alone
	Story    string
	Outlet   string
}

// FindingReader asks for what engines found in articles, newest versions alone.
type FindingReader interface {
	// Analysis is what one version of the engine found; ErrNotFound when it
	// has not looked yet.
	Analysis(ctx context.Context, id string, version int, engine string) (*article.Analysis, error)
	// Sketches lists the grouper's sketches in the order of Sequence, with
	// where each article is now.
	Sketches(ctx context.Context, after int64, limit int) ([]Sketch, error)
	// Unanalysed lists newest versions that the engine has not looked at.
	Unanalysed(ctx context.Context, engine string, limit int) ([]Kept, error)
	Utterances(ctx context.Context, f FindingFilter, p Page) (list []Utterance, next string, err error)
	Quantities(ctx context.Context, f FindingFilter, p Page) (list []Quantity, next string, err error)
	// Names lists who and what is named, most first, those whose name holds
	// words that begin with the words.
	Names(ctx context.Context, words string, p Page) (list []NameCount, next string, err error)
	// NamedIn lists the articles that name somebody, latest first.
	NamedIn(ctx context.Context, name string, p Page) (list []Kept, next string, err error)
}

// Sketch is what the grouper keeps of an article.
type Sketch struct {
	Sequence  int64
	Article   string
	Story     string
	Published time.Time
	Seen      time.Time
	Data      []byte
}

// Story is articles that tell one event, as they stand now. The engine writes
// what pages list of it; the collation itself is made when it is asked for.
type Story struct {
	ID        string
	Title     string // a headline of one of its articles
	Language  string
	Articles  int
	Origins   int       // 0 until they are counted; see Counted
	Disputed  int       // points that an account denies
	Differing int       // rows of figures that differ
	First     time.Time // publication of the earliest article
	Last      time.Time // and of the latest
	Rank      float64   // what lists are ordered by, highest first
	Revision  int64     // the number of the event that changed it last
	Digested  int64     // the revision that the fields which the engine writes stand for
	Into      string    // the story that it has become a part of; "" while it stands
	Digest    []byte    // what else the engine notes of it for pages, as JSON
}

// Counted reports whether the fields that the engine writes stand for the story
// as it is. Until then Origins, Disputed and Differing tell of an earlier
// revision, or of none.
func (s Story) Counted() bool { return s.Origins > 0 && s.Digested >= s.Revision }

// Membership ties an article to its story.
type Membership struct {
	Article string
	Story   string
	Joined  time.Time
	Why     string // the evidence, in fixed words
	Person  bool   // somebody put it there, not the model
}

// Link ties stories that follow each other without being one.
type Link struct{ From, To string }

// Correction is what somebody changed about a grouping. It outranks the model
// until it is undone.
type Correction struct {
	ID       int64
	At       time.Time
	By       string // who, "" where nobody signed in
	Kind     CorrectionKind
	Story    string   // the story that it is about
	Other    string   // merged: the story that became a part of it; split and removed: the one that the articles went to
	Articles []string // which changed their story; removed: one
	Beside   []string // the articles of Story that they belong with now, or no longer belong with
	Undone   time.Time
}

// CorrectionKind is what a correction does.
type CorrectionKind string

// The corrections.
const (
	Merged  CorrectionKind = "merge"  // two stories are one
	Parted  CorrectionKind = "split"  // some articles are a story of their own
	Removed CorrectionKind = "remove" // an article does not belong
)

// StoryFilter narrows a list of stories.
type StoryFilter struct {
	Language    string
	MinArticles int
	MinOrigins  int       // that are counted; every story has one
	From, To    time.Time // the latest article's publication
	Query       *Query    // stories with an article that fits
	Changed     int64     // stories whose revision is above it
	ByLatest    bool      // latest article first, not highest rank
}

// StoryReader asks for stories.
type StoryReader interface {
	Story(ctx context.Context, id string) (Story, error)
	Stories(ctx context.Context, f StoryFilter, p Page) (list []Story, next string, err error)
	// Members lists a story's articles in the order in which they joined.
	Members(ctx context.Context, story string) ([]Membership, error)
	Links(ctx context.Context, story string) ([]Link, error)
	// History lists the events that name a story, as Story or as Other, newest
	// first.
	History(ctx context.Context, story string, p Page) (list []Event, next string, err error)
	// Corrections lists those of a story, or all where story is "", oldest first.
	Corrections(ctx context.Context, story string) ([]Correction, error)
	// Undigested lists stories whose digest is older than their revision.
	Undigested(ctx context.Context, limit int) ([]Story, error)
}

// StoryWriter changes stories. The event that tells a change raises the story's
// revision, see Record.
type StoryWriter interface {
	// PutStory keeps a story as given, new or not, but for its revision, which is
	// never lowered.
	PutStory(ctx context.Context, s Story) error
	// Join puts an article into a story, out of the one it was in. ErrNotFound
	// when there is no such article or story.
	Join(ctx context.Context, m Membership) error
	PutLink(ctx context.Context, l Link) error
	PutCorrection(ctx context.Context, c *Correction) error
}

// SourceKind is what a source's address holds.
type SourceKind string

// The kinds of sources.
const (
	Feed    SourceKind = "feed"    // RSS, Atom, JSON Feed
	Sitemap SourceKind = "sitemap" // a news sitemap or an index of them
	Watched SourceKind = "page"    // one page, for its versions
)

// Source is an address that is asked for what is new.
type Source struct {
	ID           string // see SourceID
	Address      string // as it was added, or where it has moved for good
	Kind         SourceKind
	Title        string
	Folder       string // the OPML folders that it stands in, with slashes
	Added        time.Time
	Next         time.Time // when to ask again
	Tried        time.Time // when it was asked last
	Answered     time.Time // when it answered well last
	Failures     int       // in a row
	Problem      string    // what went wrong last; "" when nothing did
	Gone         bool      // it said 410: it is not asked again
	ETag         string
	LastModified string
	Rhythm       []byte // what the schedule has learned
	Articles     int    // how many it has led to
}

// SourceReader asks for sources.
type SourceReader interface {
	Source(ctx context.Context, id string) (Source, error)
	// Sources lists all, by title and address.
	Sources(ctx context.Context) ([]Source, error)
	// DueSources lists those to ask now, longest due first.
	DueSources(ctx context.Context, now time.Time, limit int) ([]Source, error)
}

// SourceWriter changes sources.
type SourceWriter interface {
	PutSource(ctx context.Context, s Source) error
	DropSource(ctx context.Context, id string) error
}

// Job is work that is due. A job is taken, done and dropped in one transaction
// with what it brings, or tried again later.
type Job struct {
	ID      int64
	Kind    string
	Key     string // no two jobs of one kind have the same
	Payload []byte
	Due     time.Time
	Tries   int
	Problem string // why the last try failed
}

// JobReader asks for jobs.
type JobReader interface {
	// DueJobs lists the jobs of a kind to do now, longest due first.
	DueJobs(ctx context.Context, kind string, now time.Time, limit int) ([]Job, error)
	// NextJob is when the next job of any kind is due; zero when there is none.
	NextJob(ctx context.Context) (time.Time, error)
}

// JobWriter changes jobs.
type JobWriter interface {
	// PutJob adds a job, or changes the one of its kind and key.
	PutJob(ctx context.Context, j *Job) error
	DropJob(ctx context.Context, id int64) error
}

// Alert is a search that somebody wants to be told of.
type Alert struct {
	ID      string
	Query   string
	Channel string // webhook, ntfy, mail
	Target  string // address or mailbox
	Secret  string // webhooks are signed with it
	Added   time.Time
	Off     bool
	Problem string // why the last message could not be sent; "" when it could
}

// Delivery is that an alert has told of a story. There is one of each at most.
type Delivery struct {
	Alert, Story string
	At           time.Time // when it was told; zero while it is due
}

// AlertReader asks for alerts.
type AlertReader interface {
	Alert(ctx context.Context, id string) (Alert, error)
	Alerts(ctx context.Context) ([]Alert, error)
	Delivery(ctx context.Context, alert, story string) (Delivery, error)
}

// AlertWriter changes alerts.
type AlertWriter interface {
	PutAlert(ctx context.Context, a Alert) error
	DropAlert(ctx context.Context, id string) error
	PutDelivery(ctx context.Context, d Delivery) error
}

// EventKind is what happened.
type EventKind string

// What can happen.
const (
	ArticleAdded   EventKind = "article-added"
	ArticleChanged EventKind = "article-changed" // a new version: an update or a silent correction
	StoryBegun     EventKind = "story-begun"
	StoryGrown     EventKind = "story-grown"
	StoryMerged    EventKind = "story-merged"
	StoryParted    EventKind = "story-parted"
	StoryEmptied   EventKind = "story-emptied"
	Corrected      EventKind = "corrected"
	Undone         EventKind = "undone"
	SourceAdded    EventKind = "source-added"
	SourceDropped  EventKind = "source-dropped"
	SourceDead     EventKind = "source-dead"
	SourceAlive    EventKind = "source-alive"
	Forgotten      EventKind = "forgotten"
)

// Event is one entry of the journal.
type Event struct {
	Number  int64 // counts up by ones or more
	At      time.Time
	Kind    EventKind
	Story   string
	Article string
	Version int
	Source  string
	Other   string // the other story of a merge or a split
	Note    string
}
