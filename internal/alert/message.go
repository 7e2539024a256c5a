package alert

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"synoptic/internal/store"
)

// Message is that an alert has found a story.
type Message struct {
	ID    string // the same at every try: receivers know a repeated one by it
	At    time.Time
	Alert store.Alert
	Story store.Story
	Link  string // to the page of the story; "" where the server's address is not known
}

// messageID names the one message that an alert sends of a story.
func messageID(alert, story string) string { return alert + "." + story }

// link is the page of a story on the server at public.
func link(public, story string) string {
	if public == "" {
		return ""
	}
	return strings.TrimSuffix(public, "/") + "/story/" + url.PathEscape(story)
}

// payload is what a webhook is sent.
type payload struct {
	Type  string    `json:"type"` // "story.matched"
	ID    string    `json:"id"`
	Sent  time.Time `json:"timestamp"`
	Alert struct {
		ID    string `json:"id"`
		Query string `json:"query"`
	} `json:"alert"`
	Story struct {
		ID        string     `json:"id"`
		Title     string     `json:"title"`
		Link      string     `json:"link,omitempty"`
		Language  string     `json:"language,omitempty"`
		Articles  int        `json:"articles"`
		Origins   *int       `json:"origins,omitempty"` // this and the next two: nil where they are not counted
		Disputed  *int       `json:"disputed,omitempty"`
		Differing *int       `json:"differing,omitempty"`
		First     *time.Time `json:"first_published,omitempty"`
		Last      *time.Time `json:"last_published,omitempty"`
	} `json:"story"`
}

// JSON is m as a webhook is sent it.
func (m Message) JSON() ([]byte, error) {
	p := payload{Type: "story.matched", ID: m.ID, Sent: m.At.UTC()}
	p.Alert.ID, p.Alert.Query = m.Alert.ID, m.Alert.Query
	s := m.Story
	p.Story.ID, p.Story.Title, p.Story.Link, p.Story.Language = s.ID, s.Title, m.Link, s.Language
	p.Story.Articles = s.Articles
	if s.Counted() {
		p.Story.Origins, p.Story.Disputed, p.Story.Differing = new(s.Origins), new(s.Disputed), new(s.Differing)
	}
	if !s.First.IsZero() {
		p.Story.First = &s.First
	}
	if !s.Last.IsZero() {
		p.Story.Last = &s.Last
	}
	return json.Marshal(p)
}

// Title is the story's, on one line.
func (m Message) Title() string {
	if title := strings.Join(strings.Fields(m.Story.Title), " "); title != "" {
		return title
	}
	return "Story " + m.Story.ID
}

// Counts says how many tell the story, in fixed words; of origins nothing where
// they are not counted.
func (m Message) Counts() string {
	articles := count(m.Story.Articles, "article")
	if !m.Story.Counted() {
		return articles
	}
	return articles + ", " + count(m.Story.Origins, "origin")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Text is m as a person reads it in a mailbox.
func (m Message) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", m.Title(), m.Counts())
	if m.Link != "" {
		fmt.Fprintf(&b, "\n%s\n", m.Link)
	}
	fmt.Fprintf(&b, "\nAlert: %s\n", m.Alert.Query)
	return b.String()
}
