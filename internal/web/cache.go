package web

import (
	"container/list"
	"sync"

	"golang.org/x/sync/singleflight"
)

// cache holds what was made for a key and a version, the least lately used go
// first once the sizes add up to more than the limit. What is made for several
// who ask at once is made once.
type cache[V any] struct {
	limit int
	size  func(V) int
	over  func(V) bool // whether a value must be made again at the same version; nil for never

	making singleflight.Group

	mu      sync.Mutex
	entries map[string]*list.Element
	order   list.List // of *entry[V], latest used first
	used    int
	hits    int64
	misses  int64
}

type entry[V any] struct {
	key     string
	version int64
	value   V
	size    int
}

func newCache[V any](limit int, size func(V) int) *cache[V] {
	return &cache[V]{limit: limit, size: size, entries: map[string]*list.Element{}}
}

// get is the value of key at version. Where it is not held it is made, and held
// unless another version has come meanwhile that is newer.
func (c *cache[V]) get(key string, version int64, make func() (V, error)) (V, error) {
	if v, ok := c.held(key, version); ok {
		return v, nil
	}
	type made struct {
		value V
		err   error
	}
	// Who asks for another version meanwhile makes it too.
	m, _, _ := c.making.Do(key+"\x00"+formatInt(version), func() (any, error) {
		v, err := make()
		if err == nil {
			c.put(key, version, v)
		}
		return made{v, err}, nil
	})
	result := m.(made)
	return result.value, result.err
}

// held is the value of key if it is held at version.
func (c *cache[V]) held(key string, version int64) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, found := c.entries[key]; found {
		if e := at.Value.(*entry[V]); e.version == version && (c.over == nil || !c.over(e.value)) {
			c.order.MoveToFront(at)
			c.hits++
			return e.value, true
		}
	}
	c.misses++
	return v, false
}

func (c *cache[V]) put(key string, version int64, v V) {
	e := &entry[V]{key, version, v, c.size(v)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, found := c.entries[key]; found {
		if at.Value.(*entry[V]).version > version {
			return
		}
		c.drop(at)
	}
	if e.size > c.limit/2 {
		return // one that would push out most others
	}
	c.entries[key] = c.order.PushFront(e)
	c.used += e.size
	for c.used > c.limit {
		c.drop(c.order.Back())
	}
}

func (c *cache[V]) drop(at *list.Element) {
	e := c.order.Remove(at).(*entry[V])
	delete(c.entries, e.key)
	c.used -= e.size
}

// counts is how much is held and how often it served.
func (c *cache[V]) counts() (entries, used int, hits, misses int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entries), c.used, c.hits, c.misses
}
