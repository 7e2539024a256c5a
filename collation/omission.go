package collation

import "slices"

// omissions tells, for every point that more than one origin has, which
// accounts lack it.
//
// Left out is said only of an account that holds nothing like the point: where a
// passage of it comes near, though not near enough to be taken for the same, it
// stays unknown.
func (c *Collation) omissions(t *telling) []Omission {
	var rows []Omission
	for i, p := range c.Points {
		if p.Status == Single {
			continue
		}
		o := Omission{Point: i}
		for k := range c.Accounts {
			in := func(x Passage) bool { return x.account == k }
			switch says := slices.ContainsFunc(p.Passages, func(x Passage) bool { return in(x) && !x.Near }); {
			case says:
				o.Present = append(o.Present, k)
			case c.Untold(k), slices.ContainsFunc(p.Passages, in),
				slices.ContainsFunc(t.points[i], func(u int32) bool {
					return slices.ContainsFunc(t.near[u], func(v int32) bool { return t.units[v].account == k })
				}):
				o.Unknown = append(o.Unknown, k)
			default:
				o.Absent = append(o.Absent, k)
			}
		}
		if len(o.Absent)+len(o.Unknown) > 0 {
			rows = append(rows, o)
		}
	}
	return rows
}
