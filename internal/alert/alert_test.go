package alert

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"synoptic/article"
	"synoptic/internal/store"
	"synoptic/internal/store/sqlite"
	"synoptic/internal/web"
	"synoptic/internal/web/webtest"
	"synoptic/text"
)

// desk is a store with a runner's clock, and what tests do to it.
type desk struct {
	testing.TB
	store.Store
	mu  sync.Mutex
	now time.Time
	n   int

	uncounted bool // no digest is made of what tell adds
}

func newDesk(t testing.TB) *desk {
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "news.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return &desk{TB: t, Store: s, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func (d *desk) later(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(by)
}

func (d *desk) update(f func(ctx context.Context, w store.Writer) error) {
	d.Helper()
	ctx := context.Background()
	if err := d.Update(ctx, func(w store.Writer) error { return f(ctx, w) }); err != nil {
		d.Fatal(err)
	}
}

// alert adds an alert.
func (d *desk) alert(query, channel, target string) store.Alert {
	d.Helper()
	a := store.NewAlert(query, channel, target)
	a.Added = d.clock()
	if err := a.Check(); err != nil {
		d.Fatal(err)
	}
	d.update(func(ctx context.Context, w store.Writer) error { return w.PutAlert(ctx, a) })
	return a
}

func (d *desk) read(a store.Alert) store.Alert {
	d.Helper()
	var out store.Alert
	err := d.View(context.Background(), func(r store.Reader) (err error) {
		out, err = r.Alert(context.Background(), a.ID)
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return out
}

// tell adds an article to a story, which begins with it where it is new.
func (d *desk) tell(story, words string) {
	d.Helper()
	d.update(func(ctx context.Context, w store.Writer) error {
		d.n++
		title := words + "."
		a := &article.Article{
			Address: fmt.Sprintf("https://tarrow.example/%d", d.n), Outlet: article.Outlet{Name: "Tarrow Evening Echo", Domain: "tarrow.example"},
			Text: title + "\nThe harbour was calm.", Title: text.Span{End: len(title)}, Language: "en", Completeness: 1,
			Published: article.Date{Time: d.clock(), Precision: article.Second}, SHA256: [32]byte{byte(d.n)},
			Paragraphs: []article.Paragraph{
				{Span: text.Span{End: len(title)}, Kind: article.Headline}, {Span: text.Span{Start: len(title) + 1, End: len(title) + 22}},
			},
		}
		put, err := w.PutArticle(ctx, store.Kept{Article: a, Seen: d.clock()}, nil)
		if err != nil {
			return err
		}
		e := store.Event{At: d.clock(), Kind: store.StoryGrown, Story: story, Article: put.ID}
		s, err := w.Story(ctx, story)
		if errors.Is(err, store.ErrNotFound) {
			s, e.Kind, err = store.Story{ID: story, Title: title, Language: "en", First: d.clock()}, store.StoryBegun, nil
		}
		if err != nil {
			return err
		}
		if err := w.Record(ctx, &e); err != nil {
			return err
		}
		s.Articles, s.Origins, s.Last, s.Revision = s.Articles+1, s.Origins+1, d.clock(), e.Number
		if !d.uncounted {
			s.Digested = e.Number
		}
		if err := w.PutStory(ctx, s); err != nil {
			return err
		}
		return w.Join(ctx, store.Membership{Article: put.ID, Story: story, Joined: d.clock()})
	})
}

// merge makes from a part of to.
func (d *desk) merge(from, to string) {
	d.Helper()
	d.update(func(ctx context.Context, w store.Writer) error {
		e := store.Event{At: d.clock(), Kind: store.StoryMerged, Story: to, Other: from}
		if err := w.Record(ctx, &e); err != nil {
			return err
		}
		members, err := w.Members(ctx, from)
		if err != nil {
			return err
		}
		for _, m := range members {
			if err := w.Join(ctx, store.Membership{Article: m.Article, Story: to}); err != nil {
				return err
			}
		}
		s, err := w.Story(ctx, from)
		if err != nil {
			return err
		}
		s.Articles, s.Into, s.Revision = 0, to, e.Number
		if err := w.PutStory(ctx, s); err != nil {
			return err
		}
		if s, err = w.Story(ctx, to); err != nil {
			return err
		}
		s.Articles, s.Revision, s.Digested = s.Articles+len(members), e.Number, e.Number
		return w.PutStory(ctx, s)
	})
}

// runner is one that may send to the receivers of the tests. It has looked at
// what was there before.
func (d *desk) runner(o Options) *Runner {
	d.Helper()
	o.Now, o.Public, o.AllowPrivate = d.clock, "https://news.example", true
	r := New(d.Store, o)
	d.round(r)
	return r
}

// round finds and sends all that is due now, and waits for the outcome.
func (d *desk) round(r *Runner) {
	d.Helper()
	if _, err := r.find(context.Background()); err != nil {
		d.Fatal(err)
	}
	if err := r.dispatch(context.Background()); err != nil {
		d.Fatal(err)
	}
	r.done.Wait()
}

// received is a request that a receiver was sent.
type received struct {
	path   string
	header http.Header
	body   []byte
}

// receiver answers with the next of its statuses, and with 200 once there are
// no more.
type receiver struct {
	*httptest.Server
	mu       sync.Mutex
	statuses []int
	got      []received
}

func newReceiver(t testing.TB, statuses ...int) *receiver {
	r := &receiver{statuses: statuses}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, in *http.Request) {
		body, _ := io.ReadAll(in.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.got = append(r.got, received{in.URL.Path, in.Header, body})
		if len(r.statuses) > 0 {
			if r.statuses[0] == http.StatusTooManyRequests {
				w.Header().Set("Retry-After", "7200")
			}
			w.WriteHeader(r.statuses[0])
			r.statuses = r.statuses[1:]
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.got)
}

// The vector that the Standard Webhooks specification publishes.
func TestSign(t *testing.T) {
	a := store.Alert{Secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
	got := Sign(a.Key(), "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// One message a story, not one an article; signed; retried after a failure with
// the same ID; never twice.
func TestWebhook(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t, http.StatusInternalServerError, http.StatusBadGateway)
	a := d.alert("ferry", store.Webhook, hook.URL+"/hook")
	r := d.runner(Options{Version: "0.1.0"})
	d.tell("s1", "Ferry talks resume")
	d.tell("s1", "Talks on the ferry go on")
	d.tell("s2", "Lighthouse closes")
	d.round(r)
	if hook.count() != 1 || d.read(a).Problem == "" {
		t.Fatalf("%d messages, problem %q", hook.count(), d.read(a).Problem)
	}
	d.round(r) // too early to try again
	d.later(wait(1) - time.Second)
	d.round(r)
	if hook.count() != 1 {
		t.Fatalf("%d messages before the wait was over", hook.count())
	}
	d.later(time.Second)
	d.round(r)
	d.later(wait(2))
	d.tell("s1", "Ferry talks end")
	d.round(r)
	for range 5 {
		d.later(wait(9))
		d.tell("s1", "Ferry talks are over")
		d.round(r)
	}
	if hook.count() != 3 || d.read(a).Problem != "" {
		t.Fatalf("%d messages, problem %q", hook.count(), d.read(a).Problem)
	}
	for _, g := range hook.got {
		id := g.header.Get("Webhook-Id")
		if id != hook.got[0].header.Get("Webhook-Id") || g.header.Get("Idempotency-Key") != strconv.Quote(id) {
			t.Errorf("IDs %q and %q", id, g.header.Get("Idempotency-Key"))
		}
		seconds, err := strconv.ParseInt(g.header.Get("Webhook-Timestamp"), 10, 64)
		if want := Sign(a.Key(), id, time.Unix(seconds, 0), g.body); err != nil || g.header.Get("Webhook-Signature") != want {
			t.Errorf("signature %s, not %s", g.header.Get("Webhook-Signature"), want)
		}
	}
	var p payload
	if err := json.Unmarshal(hook.got[0].body, &p); err != nil || p.Story.ID != "s1" || p.Story.Articles != 2 || p.Story.Link != "https://news.example/story/s1" || p.Alert.Query != "ferry" {
		t.Errorf("%s %v", hook.got[0].body, err)
	}
	d.tell("s3", "A ferry is sold")
	d.round(r)
	if hook.count() != 4 {
		t.Errorf("%d messages after a second story", hook.count())
	}
}

// The link of a message leads to a page that there is.
func TestLinkLeadsToStory(t *testing.T) {
	room := webtest.Filled(t)
	pages, err := web.New(web.Options{Engine: room})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	pages.ServeHTTP(w, httptest.NewRequest(http.MethodGet, link("http://localhost/", room.Example), nil))
	if w.Code != http.StatusOK {
		t.Errorf("%s: %d", link("http://localhost/", room.Example), w.Code)
	}
}

// A message tells of a story as it is once it is counted, by whatever title it
// has then, and of one that nobody counts after a while all the same.
func TestWaitsUntilCounted(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t)
	d.alert("ferry", store.Webhook, hook.URL)
	r := d.runner(Options{})
	d.uncounted = true
	d.tell("s1", "Ferry talks resume")
	d.tell("s1", "Ferry talks go on")
	for range 3 {
		d.round(r)
		d.later(r.Tick)
	}
	if hook.count() != 0 {
		t.Fatalf("told before the story was counted: %s", hook.got[0].body)
	}
	d.update(func(ctx context.Context, w store.Writer) error {
		s, err := w.Story(ctx, "s1")
		if err != nil {
			return err
		}
		s.Title, s.Origins, s.Disputed, s.Digested = "Ferry talks collapse", 2, 1, s.Revision
		return w.PutStory(ctx, s)
	})
	d.round(r)
	if hook.count() != 1 {
		t.Fatalf("%d messages once it was counted", hook.count())
	}
	if b := string(hook.got[0].body); !strings.Contains(b, `"title":"Ferry talks collapse"`) || !strings.Contains(b, `"articles":2,"origins":2,"disputed":1,"differing":0`) {
		t.Error(b)
	}

	d.tell("s2", "A ferry is sold")
	d.round(r)
	d.later(patience - time.Second)
	d.round(r)
	if hook.count() != 1 {
		t.Fatal("told before its patience was over")
	}
	d.later(r.Tick)
	d.round(r)
	if hook.count() != 2 {
		t.Fatalf("%d messages: one waits for ever", hook.count())
	}
	if b := string(hook.got[1].body); !strings.Contains(b, `"articles":1,"first_published"`) {
		t.Errorf("it tells what nobody has counted: %s", b)
	}
	if got := (Message{Story: store.Story{Articles: 3, Origins: 1, Revision: 2, Digested: 1}}).Counts(); got != "3 articles" {
		t.Errorf("counts %q", got)
	}
}

// A runner that is opened anew goes on, and one that finds a store for the first
// time tells nothing of what was before.
func TestRestart(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t)
	d.tell("old", "The ferry of old")
	d.alert("ferry", store.Webhook, hook.URL)
	d.round(d.runner(Options{}))
	if hook.count() != 0 {
		t.Fatalf("%d messages of what was before", hook.count())
	}
	d.tell("s1", "Ferry talks resume")
	d.runner(Options{})
	d.tell("s1", "Ferry talks go on")
	d.runner(Options{})
	if hook.count() != 1 {
		t.Errorf("%d messages", hook.count())
	}
	d.later(time.Minute)
	d.alert("talks", store.Webhook, hook.URL) // s1 was touched before it was there
	d.runner(Options{})
	if hook.count() != 1 {
		t.Errorf("%d messages for an alert that came later", hook.count())
	}
}

// Two runners on one store send one message.
func TestTwoRunners(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t)
	d.alert("ferry", store.Webhook, hook.URL)
	a, b := d.runner(Options{}), d.runner(Options{})
	for i := range 20 {
		d.tell(fmt.Sprint("s", i), "Ferry talks resume")
	}
	var both sync.WaitGroup
	for _, r := range []*Runner{a, b, a, b} {
		both.Go(func() {
			_, err := r.find(context.Background())
			if err = errors.Join(err, r.dispatch(context.Background())); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	a.done.Wait()
	b.done.Wait()
	d.later(time.Hour)
	d.round(a)
	d.round(b)
	ids := map[string]int{}
	for _, g := range hook.got {
		ids[g.header.Get("Webhook-Id")]++
	}
	if len(ids) != 20 || hook.count() != 20 {
		t.Errorf("%d messages of %d stories", hook.count(), len(ids))
	}
}

// A merge is no news where one of the two was told of, and one message where
// neither was.
func TestMerge(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t)
	a := d.alert("ferry", store.Webhook, hook.URL)
	r := d.runner(Options{})
	d.tell("s1", "Ferry talks resume")
	d.round(r)
	d.tell("s2", "Boat talks resume")
	d.round(r)
	d.merge("s1", "s2")
	d.round(r)
	if hook.count() != 1 {
		t.Fatalf("%d messages after a merge of what was told", hook.count())
	}

	hook.statuses = []int{500, 500}
	d.tell("s3", "A ferry is sold")
	d.tell("s4", "A ferry was sold")
	d.round(r)
	d.merge("s3", "s4")
	for range 5 {
		d.later(wait(9))
		d.round(r)
	}
	told := 0
	for _, g := range hook.got[3:] {
		if strings.Contains(string(g.body), `"id":"s4"`) {
			told++
		}
	}
	if told != 1 || hook.count() != 4 {
		t.Errorf("%d messages, %d of the story that is left: problem %q", hook.count(), told, d.read(a).Problem)
	}
}

func TestGiveUp(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t, make([]int, 100)...)
	for i := range hook.statuses {
		hook.statuses[i] = http.StatusServiceUnavailable
	}
	a := d.alert("ferry", store.Webhook, hook.URL)
	r := d.runner(Options{})
	d.tell("s1", "Ferry talks resume")
	for range 30 * 4 {
		d.round(r)
		d.later(15 * time.Minute)
	}
	if n := hook.count(); n < 8 || n > 14 {
		t.Errorf("%d tries", n)
	}
	if p := d.read(a).Problem; !strings.Contains(p, "gave up on story s1") || !strings.Contains(p, "503") {
		t.Errorf("problem %q", p)
	}
	hook.statuses = nil
	d.tell("s2", "Ferry talks end")
	d.round(r)
	if d.read(a).Problem != "" {
		t.Error("the problem outlives it")
	}
}

func TestRefusals(t *testing.T) {
	d := newDesk(t)
	elsewhere := newReceiver(t)
	redirect := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	defer redirect.Close()
	gone, busy := newReceiver(t, http.StatusGone), newReceiver(t, http.StatusTooManyRequests)
	nobody := httptest.NewServer(http.NotFoundHandler())
	nobody.Close()
	toNobody := d.alert("ferry", store.Webhook, nobody.URL+"/capability")
	toRedirect, toGone, toBusy := d.alert("ferry", store.Webhook, redirect.URL), d.alert("ferry", store.Webhook, gone.URL), d.alert("ferry", store.Webhook, busy.URL)
	r := d.runner(Options{})
	d.tell("s1", "Ferry talks resume")
	d.round(r)
	if p := d.read(toNobody).Problem; p == "" || strings.Contains(p, "capability") {
		t.Errorf("an address that is as good as a password stands in the problem, or there is none: %q", p)
	}
	if elsewhere.count() != 0 || !strings.Contains(d.read(toRedirect).Problem, "307") {
		t.Errorf("a redirect was followed, or not told: %q", d.read(toRedirect).Problem)
	}
	if a := d.read(toGone); !a.Off || !strings.Contains(a.Problem, "gone") {
		t.Errorf("%+v", a)
	}
	d.later(time.Hour)
	d.round(r)
	if busy.count() != 1 {
		t.Error("a receiver that asked for two hours was asked after one")
	}
	d.later(time.Hour)
	d.round(r)
	if busy.count() != 2 || d.read(toBusy).Problem != "" {
		t.Errorf("%d tries, %q", busy.count(), d.read(toBusy).Problem)
	}
}

// An address or a name that leads to this machine is refused before anything is
// sent.
func TestPrivate(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t)
	_, port, _ := net.SplitHostPort(hook.Listener.Addr().String())
	for _, target := range []string{
		hook.URL, "http://localhost:" + port, "http://[::1]:" + port, "http://[::ffff:127.0.0.1]:" + port, "http://2130706433:" + port,
		"http://0.0.0.0:" + port, "http://169.254.169.254/latest", "http://10.0.0.1/",
	} {
		for _, channel := range []string{store.Webhook, store.Ntfy} {
			a := store.NewAlert("ferry", channel, target+"/x")
			s := New(d.Store, Options{Timeout: 5 * time.Second}).sender
			err := s.send(t.Context(), Message{ID: "x", At: d.clock(), Alert: a})
			var dns *net.DNSError
			if !errors.Is(err, ErrPrivate) && !errors.As(err, &dns) {
				t.Errorf("%s to %s: %v", channel, target, err)
			}
		}
	}
	if hook.count() != 0 {
		t.Errorf("%d messages got through", hook.count())
	}
}

func TestNtfy(t *testing.T) {
	d := newDesk(t)
	topic := newReceiver(t, http.StatusInternalServerError)
	a := store.NewAlert("ferry", store.Ntfy, topic.URL+"/desk")
	a.Secret, a.Added = "tk_abc", d.clock()
	d.update(func(ctx context.Context, w store.Writer) error { return w.PutAlert(ctx, a) })
	r := d.runner(Options{})
	d.tell("s1", "Ferry talks resume in Zoë’s harbour")
	d.tell("s1", "The ferry sails")
	d.round(r)
	d.later(wait(1))
	d.round(r)
	d.later(wait(2))
	d.round(r)
	if topic.count() != 2 {
		t.Fatalf("%d messages", topic.count())
	}
	g := topic.got[1]
	title, err := new(mime.WordDecoder).DecodeHeader(g.header.Get("Title"))
	if err != nil || title != "Ferry talks resume in Zoë’s harbour." || g.path != "/desk" || g.header.Get("Click") != "https://news.example/story/s1" ||
		g.header.Get("Authorization") != "Bearer tk_abc" || !strings.HasPrefix(string(g.body), "2 articles, 2 origins") {
		t.Errorf("%+v %q", g, g.body)
	}
}

// mailbox is an SMTP server's session and what it was sent.
type mailbox struct {
	mu    sync.Mutex
	fails int // messages to refuse first
	got   [][]byte
	to    []string
}

func (m *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return m, nil }
func (m *mailbox) Reset()                                      {}
func (m *mailbox) Logout() error                               { return nil }
func (m *mailbox) Mail(string, *smtp.MailOptions) error        { return nil }

func (m *mailbox) Rcpt(to string, _ *smtp.RcptOptions) error {
	m.to = append(m.to, to)
	return nil
}

func (m *mailbox) Data(r io.Reader) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if m.fails > 0 {
		m.fails--
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"}
	}
	m.got = append(m.got, b)
	return nil
}

// serveMail runs an SMTP server, with STARTTLS where secure is set.
func serveMail(t *testing.T, m *mailbox, secure bool) Mail {
	t.Helper()
	s := smtp.NewServer(m)
	s.Domain, s.ReadTimeout, s.WriteTimeout = "mail.example", 5*time.Second, 5*time.Second
	out := Mail{Host: "127.0.0.1", From: "synoptic@news.example", Security: Clear}
	if secure {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
		der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		parsed, _ := x509.ParseCertificate(der)
		pool := x509.NewCertPool()
		pool.AddCert(parsed)
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
		out.Config, out.Security = &tls.Config{RootCAs: pool, ServerName: "127.0.0.1"}, StartTLS
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	out.Port = l.Addr().(*net.TCPAddr).Port
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return out
}

func TestMail(t *testing.T) {
	for _, secure := range []bool{true, false} {
		d := newDesk(t)
		box := &mailbox{fails: 1}
		a := d.alert("ferry", store.Mail, "desk@example.org")
		r := d.runner(Options{Mail: serveMail(t, box, secure)})
		d.tell("s1", "Ferry talks resume in Zoë’s harbour")
		d.tell("s1", "The ferry sails")
		d.round(r)
		if len(box.got) != 0 || !strings.Contains(d.read(a).Problem, "later") {
			t.Fatalf("%d mails, problem %q", len(box.got), d.read(a).Problem)
		}
		for range 4 {
			d.later(wait(9))
			d.round(r)
		}
		if len(box.got) != 1 || d.read(a).Problem != "" {
			t.Fatalf("%d mails, problem %q", len(box.got), d.read(a).Problem)
		}
		m, err := mail.ReadMessage(bytes.NewReader(box.got[0]))
		if err != nil {
			t.Fatal(err)
		}
		subject, _ := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if subject != "Ferry talks resume in Zoë’s harbour." || m.Header.Get("Message-ID") == "" || m.Header.Get("Auto-Submitted") != "auto-generated" {
			t.Errorf("%v", m.Header)
		}
	}
}

// A server without STARTTLS is not sent to in the clear.
func TestMailInTheClear(t *testing.T) {
	box := &mailbox{}
	m := serveMail(t, box, false)
	m.Security = StartTLS
	err := m.send(t.Context(), Message{ID: "x", Alert: store.NewAlert("ferry", store.Mail, "desk@example.org")}, 5*time.Second)
	if err == nil || len(box.got) > 0 {
		t.Errorf("%v, %d mails", err, len(box.got))
	}
}

// A mail server that takes connections and says nothing holds nobody else up,
// and nothing waits for ever.
func TestMailServerHangs(t *testing.T) {
	const patience = 4 * time.Second
	for name, greet := range map[string]string{"from the beginning": "", "after its greeting": "220 mail.example ESMTP\r\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			go func() {
				for {
					c, err := l.Accept()
					if err != nil {
						return
					}
					_, _ = io.WriteString(c, greet)
					defer c.Close()
				}
			}()
			d := newDesk(t)
			hook := newReceiver(t)
			stuck := d.alert("ferry", store.Mail, "desk@example.org")
			d.alert("ferry", store.Webhook, hook.URL)
			r := d.runner(Options{
				Mail:    Mail{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, From: "synoptic@news.example", Security: Clear},
				Timeout: patience, Tick: 10 * time.Millisecond,
			})
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- r.Run(ctx) }()
			began := time.Now()
			d.tell("s1", "Ferry talks resume")
			d.tell("s2", "A ferry is sold")
			for hook.count() < 2 && time.Since(began) < patience {
				time.Sleep(5 * time.Millisecond)
			}
			if took := time.Since(began); hook.count() != 2 || took >= patience {
				t.Errorf("%d messages past the hanging server in %v", hook.count(), took)
			}
			for d.read(stuck).Problem == "" && time.Since(began) < 10*patience {
				time.Sleep(5 * time.Millisecond)
			}
			if p := d.read(stuck).Problem; p == "" {
				t.Error("the hanging server is no problem")
			}
			cancel()
			select {
			case err := <-ended:
				if err != nil {
					t.Error(err)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("the runner does not end")
			}
		})
	}
}

// Run wakes for events and ends with its context while a receiver hangs.
func TestRun(t *testing.T) {
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer slow.Close()
	defer close(release)
	d := newDesk(t)
	hook := newReceiver(t)
	d.alert("ferry", store.Webhook, hook.URL)
	d.alert("ferry", store.Webhook, slow.URL)
	woken := make(chan struct{})
	r := d.runner(Options{Tick: time.Hour, Wait: func(ctx context.Context, after int64) (int64, error) {
		select {
		case <-woken:
			return after + 1, nil
		case <-ctx.Done():
			return after, ctx.Err()
		}
	}})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	d.tell("s1", "Ferry talks resume")
	woken <- struct{}{}
	for end := time.Now().Add(10 * time.Second); hook.count() == 0 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the runner does not end")
	}
	if hook.count() != 1 {
		t.Errorf("%d messages", hook.count())
	}
	// What was cut off by the end is due again at once, and what was sent is not.
	again := New(d.Store, Options{Now: d.clock, AllowPrivate: true, Timeout: 100 * time.Millisecond})
	d.round(again)
	if hook.count() != 1 {
		t.Errorf("%d messages after a restart", hook.count())
	}
}
