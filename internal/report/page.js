// What the page can do beyond HTML: open every row at once, and the row that a
// link leads to; show a paragraph below the row that cites it; name the accounts
// behind their marks, again when a server has renewed what the page shows.
(() => {
	const main = document.querySelector("main");

	const given = document.querySelector(".masthead .tools");
	const bar = given ?? document.createElement("p");
	bar.classList.add("tools");
	const button = document.createElement("button");
	button.type = "button";
	button.textContent = "Open all rows";
	button.setAttribute("aria-pressed", "false");
	button.addEventListener("click", () => {
		const on = button.getAttribute("aria-pressed") !== "true";
		button.setAttribute("aria-pressed", String(on));
		for (const d of main.querySelectorAll("details")) d.open = on;
	});
	bar.append(button);
	if (!given) document.querySelector(".masthead").append(bar);

	const reveal = () => {
		const row = document.getElementById(location.hash.slice(1));
		if (row instanceof HTMLDetailsElement) row.open = true;
	};
	addEventListener("hashchange", reveal);
	reveal();

	// The words of a row are marked in a copy of the paragraph that they link to.
	const show = (link) => {
		const note = document.getElementById(link.hash.slice(1));
		const quote = document.createElement("blockquote");
		quote.className = "shown";
		quote.dir = "auto";
		quote.lang = note.lang;
		const words = link.textContent.replace(/^“|”$/g, "");
		const [before, ...after] = note.querySelector(".text").textContent.split(words);
		const mark = document.createElement("mark");
		mark.textContent = after.length > 0 ? words : "";
		quote.append(before, mark, after.join(words));
		link.parentElement.append(quote);
	};
	main.addEventListener("click", (event) => {
		const link = event.target.closest(".brief > a.said");
		if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		const shown = link.parentElement.querySelector(".shown");
		if (shown) shown.remove();
		else show(link);
		link.setAttribute("aria-expanded", String(!shown));
	});

	const explain = () => {
		const names = new Map();
		for (const a of document.querySelectorAll(".key a")) names.set(a.firstElementChild.textContent, a.querySelector("bdi").textContent);
		for (const mark of main.querySelectorAll("b[class]")) mark.title = names.get(mark.firstChild.textContent) ?? "";
	};
	document.addEventListener("renewed", explain);
	explain();
})();
