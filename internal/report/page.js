// What the page can do beyond HTML: open every row at once, and the row that a
// link leads to.
(() => {
	const bar = document.createElement("p");
	bar.className = "tools";
	const button = (label, act) => {
		const b = document.createElement("button");
		b.type = "button";
		b.textContent = label;
		b.setAttribute("aria-pressed", "false");
		b.addEventListener("click", () => {
			const on = b.getAttribute("aria-pressed") !== "true";
			b.setAttribute("aria-pressed", String(on));
			act(on);
		});
		return b;
	};
	bar.append(button("Open all passages", (on) => {
		for (const d of document.querySelectorAll("main details")) d.open = on;
	}));
	document.querySelector(".masthead").append(bar);

	// A row that a link leads to opens, so that its passages are seen at once.
	const reveal = () => {
		const row = document.getElementById(location.hash.slice(1));
		if (row instanceof HTMLDetailsElement) row.open = true;
	};
	addEventListener("hashchange", reveal);
	reveal();
})();
