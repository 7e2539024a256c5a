package page

import (
	"strings"
	"sync"
)

// What pages set around an account. The lists were collected by hand from the
// templates of news sites; all are folded (lower case, plain quotation marks).

// labels are whole lines that are never part of an account. A trailing colon,
// arrow or count is ignored.
var labels = lines(`
advertisement
advertisement continue reading the main story
advertisement - continue reading below
advertisement - scroll to continue
advertisment
advert
ad
ads
ad feedback
sponsored
sponsored content
paid content
paid post
promoted
promoted content
story continues below
story continues below advertisement
story continues after advertisement
story continues after ad
article continues below
article continues below advertisement
article continues after ad
article continues after advertisement
continue reading
continue reading below
continue reading the main story
continue reading this story
continue
read more
read more here
read full story
full text
read the full story
read full article
read on
read next
read also
also read
more
show more
show less
load more
view more
see more
see more stories
learn more
find out more
click here
view all
see all
show all
view gallery
view photos
view images
view comments
next
prev
previous
next article
previous article
next story
previous story
next post
previous post
up next
back
back to top
top
go to top
home
homepage
menu
search
close
close ad
skip
skip ad
skip advertisement
skip to content
skip to main content
skip to footer
skip past newsletter promotion
after newsletter promotion
share
shares
share this
share this article
share this story
share this post
share this page
share article
share story
share on facebook
share on twitter
share on x
share on linkedin
share on whatsapp
share via email
share to facebook
share with friends
share options
sharing
facebook
twitter
x
instagram
youtube
tiktok
pinterest
linkedin
whatsapp
reddit
telegram
messenger
flipboard
email
e-mail
email this
email article
print
print this
print article
pdf
copy
copy link
copy url
link copied
link copied!
copied
tweet
tweet this
pin
pin it
post
like
save
save article
save for later
saved
bookmark
gift article
gift this article
give this article
listen
listen to this article
listen to article
listen to this story
play
pause
mute
unmute
replay
autoplay
watch
watch live
watch now
watch more
live
live now
on air
video
videos
latest videos
photo
photos
image
images
picture
pictures
gallery
photo gallery
image gallery
slideshow
slideshow gallery
view slideshow
in pictures
enlarge
enlarge image
enlarge this image
toggle caption
hide caption
show caption
caption
full screen
fullscreen
open image in gallery
view image in fullscreen
view image in full screen
story
stories
full story
the story
top story
news & features
news and features
latest
latest news
latest stories
latest headlines
breaking
breaking news
top stories
top news
headlines
trending
exclusive
opinion
opinions
editorial
sign in
sign up
sign out
log in
login
log out
logout
register
register now
join now
my account
account
subscribe
subscribe now
subscribe today
subscriptions
donate
support us
become a member
contact
contact us
about
about us
advertise
advertise with us
newsletter
newsletters
get newsletter
get the app
download the app
download app
follow
follow us
follow us on
following
tags
topics
categories
category
archives
filed under
in this article
in this story
table of contents
contents
jump to
this article
article
add interest
add to favorites
add as preferred on google
set as preferred source
preferred source
get digital access
scroll down for video
scroll for video
scroll below for video
scroll down for more
scroll down
swipe for more
tap to unmute
loading
loading...
please wait
error
end
ends
end of article
end of story
fin
the end
you've reached the end
you have reached the end
that's all
correction? tell us
report a typo
report an error
report error
suggest a correction
feedback
send feedback
was this helpful?
was this article helpful?
yes
no
reprints
rights & permissions
reprints & permissions
permissions
terms
terms of use
terms of service
terms & conditions
terms and conditions
privacy
privacy policy
cookie policy
cookies
accept
accept all
manage cookies
manage preferences
sitemap
rss
faq
help
hi
guest
font size
text size
a-
a+
small
medium
large
werbung
anzeige
publicité
publicidad
pubblicità
publicidade
lesen sie auch
lire aussi
leia também
lee también
leggi anche
реклама
читайте также
`)

// sections are whole lines under which a page lists other stories, readers'
// words or a writer's life: what follows is dropped until the account resumes.
var sections = lines(`
comments
comment
reader comments
view comments
show comments
all comments
leave a comment
leave a reply
post a comment
add a comment
add your comment
write a comment
join the conversation
join the discussion
conversation
discussion
what do you think
have your say
you may also like
you might also like
you may also be interested in
you might be interested in
you might also be interested in
you may like
you might like
also of interest
of interest
related
related articles
related article
related stories
related story
related news
related posts
related post
related content
related coverage
related topics
related links
related reading
related items
related videos
related video
similar articles
similar stories
more stories
more news
more articles
more headlines
more like this
more to explore
more to read
more for you
more coverage
more on this story
more on this topic
read more on this story
recommended
recommended for you
recommended stories
recommended articles
recommended reading
recommended videos
we recommend
suggested for you
suggested stories
handpicked for you
editor's picks
editors' picks
editor's choice
editor's pick
most read
most popular
most viewed
most shared
most commented
most watched
most recent
most read stories
must read
must reads
must-reads
popular
popular now
popular stories
popular articles
trending now
trending stories
trending topics
trending news
trending on
what's trending
top reads
around the web
from the web
from around the web
from our partners
from our sponsors
more from our partners
promoted stories
sponsored stories
sponsored links
you may have missed
in case you missed it
don't miss
what to read next
read this next
next up
about the author
about the authors
about author
about the writer
author
authors
the author
meet the author
author bio
other stories
other news
other articles
today's top stories
today's headlines
elsewhere
elsewhere on the site
our picks
latest from
highlights from
`)

// sectionHeads open such a section where a short line begins with them.
var sectionHeads = lines(`
more from
more on
more in
more by
most read in
most popular in
related stories
related articles
related:
recommended for
you may also
you might also
trending in
latest in
latest from
popular in
read more from
read more about
read more on
also in
also on
see also
other stories
others also read
people also read
readers also
`)

// summaryLabels stand above a list of what the account says.
var summaryLabels = lines(`
highlights
story highlights
key points
key takeaways
key facts
key developments
key details
takeaways
at a glance
in brief
in short
in summary
summary
article summary
ai summary
quick summary
quick read
tl;dr
tldr
what to know
what you need to know
what we know
things to know
main points
the gist
the big picture
why it matters
synopsis
abstract
overview
bullet points
das wichtigste in kürze
auf einen blick
l'essentiel
en bref
claves
puntos clave
in sintesi
`)

// heads are how lines of furniture begin. They count where the line is short or
// has no end of a sentence.
var heads = lines(`
read more
read also
also read
read next
read now
read full
read the full
read:
read |
more:
related:
related |
related stories
related articles
related news
related topics
related what
see also
see more
see:
watch:
watch |
watch now
watch live
watch this
listen:
listen |
listen to
video:
video |
pics:
in pictures:
photos:
gallery:
photo gallery
slideshow
must read
must watch
must see
just watched
most read
most popular
most viewed
you may also
you might also
you may like
recommended
editor's pick
editors' picks
don't miss
in case you missed
icymi
up next
what to read next
trending
popular now
sponsored
promoted
around the web
share this
share on
share via
read or share
follow us
follow @
follow live
follow our
follow the
follow along
like us
like this
join us
join our
check us out
check out
find us
connect with
contact us
contact the
got a tip
got a story
have a tip
have you got
do you have a story
do you have any
we pay for
for more
click here
click to
click on
click for
tap here
tap to
download our
download the
get our
get the latest
get breaking
get more
get updates
get today's
get unlimited
get full
sign up
sign in
subscribe
subscribing
newsletter
register for
register to
register now
enter your
enter email
by signing up
by subscribing
by registering
by clicking
by entering
by continuing
by submitting
keep up with this story
already a subscriber
already a member
already subscribed
already have an
already registered
not a subscriber
log in to
login to
create an account
create a free
create your free
support our
support independent
support quality
support journalism
help us
help keep
make a donation
become a
comments are
comments on this
comments (
comment on
leave a
post a comment
join the conversation
join the discussion
have your say
let us know
tell us
blog comments powered
please enable
please enter
please log
please sign
please subscribe
please wait
please note: comments
enable javascript
javascript is
powered by
wp twitter
all rights reserved
live updates
live blog
as it happened
hide caption
market sectors
interested in
re-enter
license for
registration number
published in
posted in
filed under
filed in
tags:
tag:
tagged
topics:
topic:
categories:
category:
categories categories
archives archives
section:
keywords:
in this article:
print this
email this
save this
text size
font size
story continues
article continues
article content
advertisement
scroll
skip
swipe
turn on
turn off
unmute
view on
view this
view the
view all
view full
view in
view original
view comments
view more
show all
show more
show comments
open in
open the app
next:
previous:
next story
next article
back to
go to
jump to
return to
visit our
visit us
visit the
copy link
copy url
copyright
advertise with
advertising
cookie
we use cookies
we and our
this website uses
this site uses
this content is not available
this video
this browser
your browser
your email
your comment
your subscription
your account
your privacy
your ad choices
sorry, your
an error
est. reading
estimated reading
reading time
time to read
our standards
our journalism
report a
report this
suggest a
purchase licensing
buy photo
buy now
shop now
order now
order reprints
today's best
want more
want to
looking for
love reading
enjoying this
enjoyed this
did you like
did you enjoy
what did you think
rate this
vote:
poll:
take our poll
take our survey
quiz:
play:
podcast:
learn how
learn more
discover more
explore more
explore:
try it
start your
unlock
access to
lesen sie
mehr zum thema
lire aussi
à lire aussi
lee también
lea también
te puede interesar
leia mais
leia também
veja também
leggi anche
lees ook
läs också
les også
læs også
czytaj także
czytaj też
`)

// strong are phrases that no reporter writes. A line that holds one is
// furniture however long it is.
var strong = lines(`
enter your email
email address is invalid
please enter an email address
please enter a valid email
by signing up, you
by signing up you
by subscribing, you
by subscribing you
by entering your email
by clicking sign up
by clicking submit
by registering you
sign up for our
sign up to our
sign up for free
sign up here
sign up now
signing up to our
subscribe to our
subscribe to the newsletter
subscribe for free
subscribe to newsletter
delivered to your inbox
delivered straight to
straight to your inbox
direct to your inbox
in your inbox
to your inbox
thanks for signing up
thank you for signing up
thank you for subscribing
thanks for subscribing
you can unsubscribe
unsubscribe at any time
agree to receive
agree to our terms
accept our terms
our terms of use
our terms of service
our privacy policy
our privacy notice
and privacy policy
protected by recaptcha
your browser does not support
your browser doesn't support
enable javascript
javascript enabled
turn off your ad blocker
disable your ad blocker
disable your adblocker
ad blocker
we use cookies
uses cookies
cookie settings
accept cookies
blog comments powered by
comments powered by
auto publish powered by
twitter auto publish
share this:
click to share on
opens in new window
read or share this story
continue reading the main story
story continues below
follow us on
like us on facebook
join us on
check us out on
follow me on twitter
our whatsapp channel
whatsapp channel
our telegram channel
our youtube channel
our facebook page
download our app
download the app
available on the app store
on google play
fill in the form below
you can fill in the form
using the form below
do you have a story for
email us at
get in touch with our news
contact our newsroom
contact our news team
send us a tip
send your tips
have a news tip
if you have a story
we pay for your
we pay for videos
to leave a comment
to post a comment
to comment on this
your email address will not be published
required fields are marked
comments are closed
comments have been closed
be the first to comment
add as an interest
you must be logged in
log in to comment
please log in
please sign in
create an account
create a free account
already a subscriber
already have an account
earn a commission
affiliate links
affiliate commission
replay more videos
media playback is unsupported on your device
media playback is not supported on this device
this video can not be played
this video cannot be played
to view this video please
browsers with 1024
select category
select month
market sectors: see
make a donation
consider making a donation
support our journalism
support independent journalism
support our work
become a supporter
reader-supported
we rely on readers
we need your support
allow all cookies
personalised ads
personalized ads
sorry, you need to
gift subscription
chat with us
send us a note
send us your
external links are provided
for the content of external
not in our deliverable area
find out what's happening in the world
`)

// cuts say that the rest of an account is kept from the reader.
var cuts = lines(`
subscribe to continue
subscribe to read
subscribe to keep reading
subscribe now to continue
subscribe now to read
subscribe to unlock
subscribe to access
subscribe for full access
subscribe to view
sign in to continue
sign in to read
sign up to continue
sign up to read
sign up for digital access
log in to continue
log in to read
login to read
login to continue
register to continue
register to read
register for free to continue
register now to continue
to continue reading
continue reading with
continue reading your article
to keep reading
to read the full
to read this article
to read this story
to read the rest
to read more
read the full article at
read the full article on
read the full story at
read the full story on
read the rest of
click here to read the full
continue reading at
continue reading on
this article is for subscribers
this article is available to subscribers
this article is for premium
this content is for subscribers
this content is for members
this story is for subscribers
this story is available exclusively
exclusive to subscribers
for subscribers only
subscribers only
subscriber-only
subscriber only
premium content
already a subscriber
you have reached your limit
you've reached your limit
you have reached your article limit
you have read all your free
you've read all your free
you have used all
free articles remaining
free articles left
your free articles
your free trial
start your free trial
unlock this article
unlock the full
get unlimited access
unlimited digital access
get digital access
create a free account to read
to view this content
want to read more
weiterlesen mit
jetzt weiterlesen
la suite est réservée
réservé aux abonnés
il vous reste
contenido exclusivo para suscriptores
solo para suscriptores
`)

// notes are how lines on the making of the account begin.
var notes = lines(`
correction
corrections
clarification
editor's note
editors' note
editorial note
note to editors
note to readers
this article was amended
this article has been amended
this article was updated
this article has been updated
this article was corrected
this article has been corrected
this article was edited
this article was modified
this story was updated
this story has been updated
this story has been corrected
this story was corrected
this story was originally
this article was originally
this article originally
this story originally
this article first
this story first
this post was originally
this post originally
this post has been updated
this report has been updated
this report was
this version corrects
this version updates
this is a breaking news story
this is a breaking story
this is a developing story
update: this article
update: this story
this breaking news story
this story is developing
this story is being updated
this story will be updated
this article will be updated
this page will be updated
this copy is for
a version of this article
a version of this story
a version of this report
an earlier version
a previous version
earlier versions of this
previous versions of this
more to follow
more follows
more details to follow
developing story
updates to follow
updated to
updates with
(updates
(adds
(corrects
(recasts
(this story has
(this article
(this version
(reporting by
(writing by
(editing by
(additional reporting
reporting by
writing by
editing by
edited by:
edited by
additional reporting
with reporting
with additional reporting
with files from
with assistance
with input
with inputs
(with
distributed by
copyright
©
(c)
all rights reserved
published by
originally published
originally appeared
reprinted
republished
photograph
photo by
photo:
photo credit
image credit
image:
source:
sources:
disclaimer
the views expressed
views expressed
opinions expressed
translated by
`)

// picture leads are how captions begin.
var captionHeads = lines(`
image copyright
image source
image caption
image:
media caption
media playback is unsupported
media playback is not supported
enlarge this image
toggle caption
open image in gallery
view image in fullscreen
facebook twitter pinterest
file - 
file photo
file image
file picture
file:
(file)
photo:
photo by
photo shows
pictured:
pictured above
in this image
in this photo
in this file photo
in this handout
this image
this handout
this photo
a photo issued
an image
photos:
close 
`)

// lines makes a table of the lines of s when it is first asked for.
func lines(s string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		m := map[string]bool{}
		for line := range strings.SplitSeq(s, "\n") {
			if line != "" {
				m[line] = true
			}
		}
		return m
	})
}

// trie finds the entries of a table that a folded line begins with, or holds,
// in one walk along the line.
type trie struct {
	end  bool
	next []branch
}

type branch struct {
	b byte
	t *trie
}

// on follows b, nil where no entry goes on with it.
func (t *trie) on(b byte) *trie {
	for i := range t.next {
		if t.next[i].b == b {
			return t.next[i].t
		}
	}
	return nil
}

func newTrie(table map[string]bool) *trie {
	root := &trie{}
	for entry := range table {
		t := root
		for i := range len(entry) {
			n := t.on(entry[i])
			if n == nil {
				n = &trie{}
				t.next = append(t.next, branch{entry[i], n})
			}
			t = n
		}
		t.end = true
	}
	return root
}

// heads reports whether s begins with an entry that ends where a word does.
func (t *trie) heads(s string) bool {
	for i := 0; ; i++ {
		if t.end && (i == len(s) || i > 0 && !wordByte(s[i-1]) || !wordByte(s[i])) {
			return true
		}
		if i == len(s) {
			return false
		}
		if t = t.on(s[i]); t == nil {
			return false
		}
	}
}

// in reports whether s holds an entry as whole words.
func (t *trie) in(s string) bool {
	for i := range len(s) {
		if (i == 0 || !wordByte(s[i-1])) && t.heads(s[i:]) {
			return true
		}
	}
	return false
}

func wordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' || b >= 0x80
}

var (
	sectionTrie = sync.OnceValue(func() *trie { return newTrie(sectionHeads()) })
	headTrie    = sync.OnceValue(func() *trie { return newTrie(heads()) })
	strongTrie  = sync.OnceValue(func() *trie { return newTrie(strong()) })
	cutTrie     = sync.OnceValue(func() *trie { return newTrie(cuts()) })
	noteTrie    = sync.OnceValue(func() *trie { return newTrie(notes()) })
	captionTrie = sync.OnceValue(func() *trie { return newTrie(captionHeads()) })
	readOnTrie  = sync.OnceValue(func() *trie { return newTrie(readOns()) })
)
