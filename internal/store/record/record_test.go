package record_test

import (
	"bufio"
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"

	"synoptic"
	"synoptic/article"
	"synoptic/internal/page"
	"synoptic/internal/store/record"
)

// corpus is articles of the folder of corpora next to the checkout, analysed.
func corpus(t testing.TB, most int) ([]*article.Article, []*article.Analysis) {
	t.Helper()
	path := filepath.Join("..", "..", "..", "..", "shared", "corpora", "stories", "events-dev.jsonl")
	f, err := os.Open(path)
	if err != nil {
		t.Skip("no corpora: ", err)
	}
	defer f.Close()
	e, err := synoptic.Open(synoptic.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var articles []*article.Article
	var analyses []*article.Analysis
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for len(articles) < most && lines.Scan() {
		a, err := page.Read(page.Input{Place: fmt.Sprintf("%s:%d", path, len(articles)+1), MediaType: "application/json", Body: bytes.Clone(lines.Bytes())})
		if err != nil {
			t.Fatal(err)
		}
		n, err := e.Annotate(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		articles, analyses = append(articles, a), append(analyses, n)
	}
	return articles, analyses
}

func TestCorpusRoundTrips(t *testing.T) {
	articles, analyses := corpus(t, 12)
	for i, a := range articles {
		got, err := record.ReadArticle(record.Article(a))
		if diff := cmp.Diff(a, got); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", a.Place, err, diff)
		}
		n, err := record.ReadAnalysis(record.Analysis(analyses[i]))
		if diff := cmp.Diff(analyses[i], n); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", a.Place, err, diff)
		}
		if err := n.Check(a); err != nil {
			t.Error(err)
		}
	}
}

// filled sets everything in v to something made up, lists to nil, empty or a few.
func filled(v reflect.Value, r *rand.Rand) {
	switch v.Kind() {
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *time.Time:
			if r.IntN(4) > 0 {
				*x = time.Unix(r.Int64N(1e12)-5e11, r.Int64N(1e9)).In(time.FixedZone("", r.IntN(100000)-50000))
			}
			return
		case *article.Date:
			filled(v.FieldByName("Time"), r)
			x.Precision = article.Precision(r.IntN(int(article.Second) + 1))
			return
		}
		for i := range v.NumField() {
			filled(v.Field(i), r)
		}
	case reflect.Slice:
		switch n := r.IntN(5); n {
		case 0:
			v.SetZero()
		default:
			v.Set(reflect.MakeSlice(v.Type(), n-1, n-1))
			for i := range n - 1 {
				filled(v.Index(i), r)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			filled(v.Index(i), r)
		}
	case reflect.String:
		v.SetString([]string{"", "a", "ä\x00\xff", "crew", "crews"}[r.IntN(5)])
	case reflect.Int:
		v.SetInt([]int64{0, -1, 1, 7, math.MaxInt32, math.MinInt32, r.Int64N(1000)}[r.IntN(7)])
	case reflect.Float64:
		v.SetFloat([]float64{0, math.Copysign(0, -1), 1.5, math.Inf(1), math.MaxFloat64}[r.IntN(5)])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Uint16:
		v.SetUint(uint64(r.IntN(1 << 16)))
	case reflect.Uint8:
		most := map[reflect.Type]uint8{
			reflect.TypeFor[article.Tag](): uint8(article.X), reflect.TypeFor[article.Rel](): uint8(article.Xcomp), reflect.TypeFor[article.MentionKind](): uint8(article.Product),
			reflect.TypeFor[article.ReferenceForm](): uint8(article.Description), reflect.TypeFor[article.ParagraphKind](): uint8(article.Note), reflect.TypeFor[byte](): 255,
		}
		v.SetUint(uint64(r.IntN(int(most[v.Type()]) + 1)))
	}
}

func TestMadeUpRoundTrips(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 0))
		var a article.Article
		filled(reflect.ValueOf(&a).Elem(), r)
		got, err := record.ReadArticle(record.Article(&a))
		if diff := cmp.Diff(&a, got); err != nil || diff != "" {
			t.Fatalf("seed %d: %v\n%s", seed, err, diff)
		}
		if a.Published.String() != got.Published.String() {
			t.Fatalf("seed %d: %v became %v", seed, a.Published, got.Published)
		}
		var n article.Analysis
		filled(reflect.ValueOf(&n).Elem(), r)
		if n.Arcs != nil { // one a token
			n.Arcs = make([]article.Arc, len(n.Tokens))
			for i := range n.Arcs {
				n.Arcs[i] = article.Arc{Head: r.IntN(6) - 1, Rel: article.Nsubj}
			}
		}
		back, err := record.ReadAnalysis(record.Analysis(&n))
		if diff := cmp.Diff(&n, back); err != nil || diff != "" {
			t.Fatalf("seed %d: %v\n%s", seed, err, diff)
		}
	}
}

// What article counts is written by its number: when the numbers change, the
// forms of records must.
func TestForms(t *testing.T) {
	var names []string
	for i := range int(article.X) + 1 {
		names = append(names, article.Tag(i).String())
	}
	for i := range int(article.Xcomp) + 1 {
		names = append(names, article.Rel(i).String())
	}
	for i := range int(article.Product) + 1 {
		names = append(names, article.MentionKind(i).String())
	}
	for i := range int(article.Description) + 1 {
		names = append(names, article.ReferenceForm(i).String())
	}
	for i := range int(article.Note) + 1 {
		names = append(names, article.ParagraphKind(i).String())
	}
	for i := range int(article.Second) + 1 {
		names = append(names, article.Precision(i).String())
	}
	for i := range 10 {
		names = append(names, (article.Layers(1) << i).String())
	}
	h := uint64(14695981039346656037)
	for _, c := range []byte(fmt.Sprint(names)) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	if want := uint64(0x1456d87d1d9c1ebb); h != want {
		t.Errorf("the numbers of tags, relations, kinds or layers have changed (%#x): raise the forms of records, read the old ones, and then change this number", h)
	}
}

func FuzzRead(f *testing.F) {
	var a article.Article
	var n article.Analysis
	filled(reflect.ValueOf(&a).Elem(), rand.New(rand.NewPCG(1, 0)))
	filled(reflect.ValueOf(&n).Elem(), rand.New(rand.NewPCG(1, 0)))
	n.Arcs = nil
	for _, b := range [][]byte{record.Article(&a), record.Analysis(&n)} {
		plain, err := record.Unpack(b)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(plain)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		packed := record.Pack(b)
		if a, err := record.ReadArticle(packed); err == nil {
			again, err := record.ReadArticle(record.Article(a))
			if diff := cmp.Diff(a, again); err != nil || diff != "" {
				t.Errorf("%v\n%s", err, diff)
			}
		}
		if n, err := record.ReadAnalysis(packed); err == nil && len(n.Tokens) < 1000 {
			_ = n.Check(&article.Article{})
		}
		_, _ = record.ReadArticle(b)
	})
}

// BenchmarkAnalysis compares ways to keep an analysis: time and bytes of each.
func BenchmarkAnalysis(b *testing.B) {
	_, analyses := corpus(b, 40)
	small, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		b.Fatal(err)
	}
	reader, err := zstd.NewReader(nil)
	if err != nil {
		b.Fatal(err)
	}
	zs := func(raw []byte) []byte { return small.EncodeAll(raw, nil) }
	unzs := func(raw []byte) []byte { out, _ := reader.DecodeAll(raw, nil); return out }
	ss := func(raw []byte) []byte { return s2.Encode(nil, raw) }
	unss := func(raw []byte) []byte { out, _ := s2.Decode(nil, raw); return out }
	inGob := func(n *article.Analysis) []byte {
		var w bytes.Buffer
		_ = gob.NewEncoder(&w).Encode(n)
		return w.Bytes()
	}
	outGob := func(raw []byte) { _ = gob.NewDecoder(bytes.NewReader(raw)).Decode(new(article.Analysis)) }
	inJSON := func(n *article.Analysis) []byte { raw, _ := json.Marshal(n); return raw }
	outJSON := func(raw []byte) { _ = json.Unmarshal(raw, new(article.Analysis)) }
	for _, way := range []struct {
		name   string
		encode func(*article.Analysis) []byte
		decode func([]byte)
	}{
		{"record", record.Analysis, func(raw []byte) { _, _ = record.ReadAnalysis(raw) }},
		{"gob+zstd", func(n *article.Analysis) []byte { return zs(inGob(n)) }, func(raw []byte) { outGob(unzs(raw)) }},
		{"gob+s2", func(n *article.Analysis) []byte { return ss(inGob(n)) }, func(raw []byte) { outGob(unss(raw)) }},
		{"json+zstd", func(n *article.Analysis) []byte { return zs(inJSON(n)) }, func(raw []byte) { outJSON(unzs(raw)) }},
		{"json+s2", func(n *article.Analysis) []byte { return ss(inJSON(n)) }, func(raw []byte) { outJSON(unss(raw)) }},
	} {
		b.Run(way.name+"/write", func(b *testing.B) {
			b.ReportAllocs()
			size, i := 0, 0
			for b.Loop() {
				size += len(way.encode(analyses[i%len(analyses)]))
				i++
			}
			b.ReportMetric(float64(size)/float64(i), "bytes/analysis")
		})
		b.Run(way.name+"/read", func(b *testing.B) {
			b.ReportAllocs()
			var all [][]byte
			for _, n := range analyses {
				all = append(all, way.encode(n))
			}
			i := 0
			for b.Loop() {
				way.decode(all[i%len(all)])
				i++
			}
		})
	}
}
