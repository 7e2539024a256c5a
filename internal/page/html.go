package page

func (d *draft) readHTML(body string, in Input) error { return ErrNoArticle }
