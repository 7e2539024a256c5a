// What the pages can do beyond HTML: show what has come in without being loaded
// again, mark what is new since the last visit, take files that are dropped
// anywhere, and say that a slow form is at work. Everything works without it.
(() => {
	const shown = () => document.querySelector("#content");

	// What was read of each story: its revision and its newest account, as this
	// browser remembers it. The oldest are forgotten.
	const memory = {
		load() {
			try {
				return JSON.parse(localStorage.getItem("read") ?? "{}");
			} catch {
				return {};
			}
		},
		save(change) {
			const all = this.load();
			change(all);
			const stories = Object.entries(all.stories ?? {});
			all.stories = Object.fromEntries(stories.slice(-500));
			try {
				localStorage.setItem("read", JSON.stringify(all));
			} catch {
				// A browser that keeps nothing marks nothing.
			}
		},
	};
	const before = memory.load(); // as of when the page was opened

	const accounts = () => [...document.querySelectorAll(".accounts > li[data-since]")];
	const newest = () => Math.max(0, ...accounts().map((li) => Number(li.dataset.since)));

	const remember = () => {
		const content = shown();
		if (content?.dataset.story) {
			const { story, revision } = content.dataset;
			memory.save((all) => {
				all.stories ??= {};
				delete all.stories[story];
				all.stories[story] = [Number(revision), newest()];
			});
		} else if (content?.dataset.newest) {
			memory.save((all) => {
				all.today = Number(content.dataset.newest);
			});
		}
	};

	// Marks what has come since the last visit.
	const mark = () => {
		const content = shown();
		if (content?.dataset.story) markStory(content);
		for (const li of document.querySelectorAll(".stories > li")) {
			const seen = before.stories?.[li.dataset.story]?.[0] ?? before.today;
			const fresh = seen !== undefined && Number(li.dataset.revision) > seen;
			li.classList.toggle("fresh", fresh);
			const heading = li.querySelector("h2");
			heading.querySelector(".new")?.remove();
			if (fresh) heading.append(label("new"));
		}
	};

	const label = (words) => {
		const span = document.createElement("span");
		span.className = "new";
		span.textContent = words;
		return span;
	};

	const markStory = (content) => {
		const seen = before.stories?.[content.dataset.story]?.[1];
		document.querySelector(".fresh-note")?.remove();
		if (seen === undefined) return;
		const marks = new Set();
		for (const li of accounts()) {
			const fresh = Number(li.dataset.since) > seen;
			li.classList.toggle("fresh", fresh);
			li.querySelector(".new")?.remove();
			if (!fresh) continue;
			marks.add(li.querySelector("b").firstChild.textContent);
			li.querySelector(".outlet")?.append(label("new"));
			document.querySelector(`.key a[href="#${li.id}"]`)?.parentElement.classList.add("fresh");
		}
		if (marks.size === 0) return;
		for (const row of document.querySelectorAll("#points .row, #points .brief, #quotes .brief, #figures .brief, #timeline .row")) {
			const own = [...row.querySelectorAll(":scope > summary .who b[class], :scope > .who b[class]")];
			row.classList.toggle("fresh", own.length > 0 && own.every((b) => marks.has(b.firstChild.textContent)));
		}
		const note = document.createElement("p");
		note.className = "fresh-note";
		note.textContent = `${marks.size} ${marks.size === 1 ? "account" : "accounts"} new or changed since your last visit: ${[...marks].join(", ")}`;
		document.querySelector(".key").after(note);
	};

	// Puts the page as the server has it now in place of what is shown, keeps
	// what is open and where the reader is.
	const renew = async () => {
		const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
		if (!answer.ok || answer.redirected) {
			location.reload();
			return;
		}
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const fresh = page.querySelector("#content");
		const content = shown();
		if (!fresh || !content) return;
		const open = new Set([...content.querySelectorAll("details[id][open]")].map((d) => d.id));
		const focus = document.activeElement?.closest("[id]")?.id;
		const anchor = [...content.querySelectorAll("section[id], .stories > li[data-story]")].find((e) => e.getBoundingClientRect().bottom > 0);
		const key = anchor?.id ? `#${anchor.id}` : anchor ? `[data-story="${anchor.dataset.story}"]` : null;
		const top = anchor?.getBoundingClientRect().top;
		const parts = [".masthead .facts", ".masthead h1", ".masthead .key", "main"];
		if (content.matches(".report")) {
			for (const part of parts) {
				const [old, now] = [content.querySelector(part), fresh.querySelector(part)];
				if (old && now) old.replaceChildren(...now.childNodes);
			}
			content.querySelector("nav ul")?.replaceChildren(...fresh.querySelector("nav ul").childNodes);
		} else {
			content.className = fresh.className;
			content.replaceChildren(...fresh.childNodes);
		}
		for (const name of ["story", "revision", "newest", "unfinished"]) {
			if (fresh.dataset[name] === undefined) delete content.dataset[name];
			else content.dataset[name] = fresh.dataset[name];
		}
		document.title = page.title;
		for (const id of open) {
			const row = document.getElementById(id);
			if (row) row.open = true;
		}
		if (focus && !document.activeElement?.closest("[id]")) document.getElementById(focus)?.focus({ preventScroll: true });
		const again = key && content.querySelector(key);
		if (again) scrollBy({ top: again.getBoundingClientRect().top - top, behavior: "instant" });
		mark();
		document.dispatchEvent(new Event("renewed"));
		document.querySelector("#heard").textContent = "This page shows what has just come in.";
	};

	// A page that shows a story whose summary is still being made asks again,
	// ever more rarely.
	let finishing = false;
	const finish = (wait) => {
		if (finishing || shown()?.dataset.unfinished === undefined) return;
		finishing = true;
		setTimeout(async () => {
			finishing = false;
			try {
				await renew();
			} catch {
				// Asked again below.
			}
			finish(Math.min(wait * 2, 60_000));
		}, wait);
	};

	// Listens while the page is looked at, for browsers have few lines to one
	// server; what came meanwhile is told at once. Changes that come fast are
	// shown together.
	const listen = (address) => {
		let stream = null;
		let waiting = false;
		const changed = (event) => {
			const now = Number(shown()?.dataset.revision ?? shown()?.dataset.newest ?? 0);
			if (waiting || Number(event.data) <= now) return;
			waiting = true;
			setTimeout(async () => {
				waiting = false;
				try {
					await renew();
					finish(1500);
				} catch {
					// The line is down; the stream asks again when it is up.
				}
			}, 400);
		};
		const tune = () => {
			if (document.hidden) {
				stream?.close();
				stream = null;
			} else if (!stream) {
				stream = new EventSource(address);
				stream.addEventListener("changed", changed);
			}
		};
		document.addEventListener("visibilitychange", tune);
		addEventListener("pagehide", () => stream?.close());
		addEventListener("pageshow", (event) => {
			if (event.persisted) location.reload();
		});
		tune();
	};

	mark();
	remember();
	addEventListener("pagehide", remember);
	if (document.body.dataset.live) listen(document.body.dataset.live);
	finish(1500);

	// Files that are dropped anywhere go to the form that takes them.
	const input = document.querySelector("input.drop");
	if (input) {
		const carries = (event) => event.dataTransfer?.types.includes("Files");
		addEventListener("dragover", (event) => {
			if (!carries(event)) return;
			event.preventDefault();
			document.body.classList.add("dropping");
		});
		addEventListener("dragleave", (event) => {
			if (!event.relatedTarget) document.body.classList.remove("dropping");
		});
		addEventListener("drop", (event) => {
			document.body.classList.remove("dropping");
			if (!carries(event)) return;
			event.preventDefault();
			input.files = event.dataTransfer.files;
		});
	}

	for (const form of document.querySelectorAll("form[data-slow]")) {
		form.addEventListener("submit", () => {
			const button = form.querySelector("button:not([type])");
			button.setAttribute("aria-busy", "true");
			button.textContent = form.dataset.slow;
		});
	}
})();
