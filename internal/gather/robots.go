package gather

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// mostRobots is how many bytes of a robots.txt count (RFC 9309, section 2.5).
const mostRobots = 500 << 10

// mostDelay bounds what a Crawl-delay, which is no part of the RFC, can ask.
const mostDelay = 10 * time.Second

// rules is what a robots.txt says to one crawler (RFC 9309). The zero value
// allows everything.
type rules struct {
	rules []rule
	delay time.Duration // between requests, 0 when it names none
}

type rule struct {
	allow bool
	parts []string // of the path, normal form; between two stands anything
	whole bool     // the path must end where the last part does
	size  int      // bytes of the pattern: the longest one that matches decides
	line  string   // as written
}

// parseRobots reads the groups for a product token, or those for all others
// where none names it. What is not understood is passed over, as the RFC asks.
func parseRobots(body []byte, token string) rules {
	if len(body) > mostRobots {
		body = body[:mostRobots]
		body = body[:max(bytes.LastIndexAny(body, "\r\n"), 0)] // half a rule is another rule
	}
	body = bytes.TrimPrefix(body, bom)

	var own, others rules
	var forUs, forAll, named bool // of the group that we are in; named: one was for us
	inRules := false              // the group's agents are over
	for len(body) > 0 {
		end := bytes.IndexAny(body, "\r\n")
		if end < 0 {
			end = len(body)
		}
		text, _, _ := strings.Cut(string(body[:end]), "#")
		body = body[min(end+1, len(body)):]

		key, value, found := strings.Cut(text, ":")
		if !found {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "user-agent":
			if inRules {
				forUs, forAll, inRules = false, false, false
			}
			switch agent := productToken(value); {
			case strings.EqualFold(agent, token):
				forUs, named = true, true
			case agent == "*":
				forAll = true
			}
		case "allow", "disallow":
			inRules = true
			if value == "" {
				continue // "Disallow:" forbids nothing
			}
			r := newRule(value)
			r.allow, r.line = strings.EqualFold(strings.TrimSpace(key), "allow"), strings.TrimSpace(text)
			if forUs {
				own.rules = append(own.rules, r)
			}
			if forAll {
				others.rules = append(others.rules, r)
			}
		case "crawl-delay":
			delay := crawlDelay(value)
			if forUs {
				own.delay = delay
			}
			if forAll {
				others.delay = delay
			}
		}
	}
	if named {
		return own
	}
	return others
}

// productToken is the name at the front of "Name/1.0 (more)".
func productToken(value string) string {
	if value == "*" || strings.HasPrefix(value, "* ") || strings.HasPrefix(value, "*\t") {
		return "*"
	}
	for i := range len(value) {
		if c := value[i]; !letter(c) && c != '-' && c != '_' {
			return value[:i]
		}
	}
	return value
}

func crawlDelay(value string) time.Duration {
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds > 0) {
		return 0
	}
	return time.Duration(min(seconds, mostDelay.Seconds()) * float64(time.Second))
}

func newRule(pattern string) rule {
	var r rule
	pattern, r.whole = strings.CutSuffix(pattern, "$")
	r.parts = strings.Split(pattern, "*")
	for i, part := range r.parts {
		r.parts[i] = normalPath(part)
		r.size += len(r.parts[i]) + 1
	}
	if !r.whole {
		r.size-- // as many stars as gaps; the "$" counts as well
	}
	return r
}

// allowed says whether the address with this path and query may be read, and
// the line that decides, "" where none does. The longest matching rule decides,
// and of two that are as long, the one that allows.
func (r rules) allowed(path string) (bool, string) {
	path = normalPath(path)
	if path == robotsPath {
		return true, ""
	}
	best := rule{allow: true, size: -1}
	for _, rule := range r.rules {
		if (rule.size > best.size || rule.size == best.size && rule.allow) && rule.matches(path) {
			best = rule
		}
	}
	return best.allow, best.line
}

func (r rule) matches(path string) bool {
	last := len(r.parts) - 1
	path, found := strings.CutPrefix(path, r.parts[0])
	if !found || last == 0 {
		return found && (!r.whole || path == "")
	}
	for _, part := range r.parts[1:last] {
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	if r.whole {
		return strings.HasSuffix(path, r.parts[last])
	}
	return strings.Contains(path, r.parts[last])
}

// normalPath writes a path so that two that the RFC takes for the same are the
// same bytes (section 2.2.2): printable ASCII stands for itself, escaped or
// not, but for "%", "*" and "$", and everything else is escaped.
func normalPath(path string) string {
	const digits = "0123456789ABCDEF"
	out := make([]byte, 0, len(path)+8)
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) && hexValue(path[i+1]) >= 0 && hexValue(path[i+2]) >= 0 {
			c = byte(hexValue(path[i+1])<<4 | hexValue(path[i+2]))
			i += 2
		}
		if c > ' ' && c < 0x7f && c != '%' && c != '*' && c != '$' {
			out = append(out, c)
		} else {
			out = append(out, '%', digits[c>>4], digits[c&15])
		}
	}
	return string(out)
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
