// Reads a server through the client that is generated from its description: the compiler checks that the shapes are what the
// server gives, and the run that the calls work. Prints one line a check.
import { client } from './client/client.gen';
import { compare, getCollation, getStory, listQuotations, listStories, search } from './client';

client.setConfig({ baseUrl: process.argv[2] });

async function main() {
  const first = await listStories({ query: { limit: 1 }, throwOnError: true });
  const second = await listStories({ query: { limit: 1, after: first.data.next }, throwOnError: true });
  const stories = [...first.data.items, ...second.data.items];
  console.log('stories', stories.length, stories.map((s) => s.id).join(' '));

  for (const s of stories) {
    const { data } = await getCollation({ path: { id: s.id }, query: { texts: true }, throwOnError: true });
    let exact = 0;
    for (const p of data.points) {
      for (const x of p.passages) {
        const account = data.accounts.find((a) => a.id === x.account);
        const points = Array.from(account?.text ?? ''); // code points, not UTF-16
        if (points.slice(x.start, x.end).join('') !== x.text) throw new Error(`${p.id}: ${x.text}`);
        exact++;
      }
    }
    console.log('collation', data.format, data.accounts.length, 'accounts', exact > 0 ? 'grounded' : 'empty');
  }

  const quotations = await listQuotations({ query: { q: 'lamp' }, throwOnError: true });
  console.log('quotations', quotations.data.items.map((q) => q.speaker ?? '').includes('Zoë Brandt'));

  const hits = await search({ query: { q: 'lighthouse' }, throwOnError: true });
  console.log('hits', hits.data.items.length);

  const compared = await compare({
    body: { documents: hits.data.items.map((h, i) => ({ name: `${i}.txt`, text: `Lamp ${i}\n\nThe lamp costs ${i + 4} euros.` })) },
    throwOnError: true,
  });
  console.log('compared', compared.data.collations.length, compared.data.problems.length);

  const none = await getStory({ path: { id: 'none' } });
  console.log('problem', none.error?.status, none.error?.detail);
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
