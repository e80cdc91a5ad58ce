/** The committed still: the texts and the list they leave, and the text that is cut with it. */
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';

const WIDTH = 700;

export default function still(): string {
  const { texts } = example.golden.plain;
  const { text, merges } = example;
  const { learning, vocabulary, looks } = compute({ texts, text, merges });
  const name = (id: number): string => vocabulary.name(id);
  const lines = learning.map(({ words }, n) => {
    const y = 70 + n * 30;
    const cut = words.map(({ ids }) => ids.map(name).join(' ')).join('  ·  ');
    const list = n === 0 ? '' : `${255 + n} ${name(255 + n)}`;
    return `<text x="30" y="${y}" text-anchor="start" font-family="monospace">${cut}</text><text x="300" y="${y}" text-anchor="end" font-weight="bold" fill="#b35000">${list}</text>`;
  });
  const cuts = looks.map(({ ids, smallest }, n) => {
    const y = 70 + n * 30;
    return `<text x="400" y="${y}" text-anchor="start" font-family="monospace">${ids.map(name).join(' ')}</text><text x="670" y="${y}" text-anchor="end">${smallest === null ? 'none: done' : `smallest: ${smallest}`}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} 200" role="img" font-family="sans-serif" font-size="14" text-anchor="middle" fill="#333">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    '<rect x="15" y="14" width="305" height="140" rx="4" fill="none" stroke="#b35000" stroke-width="2"/>',
    '<rect x="380" y="14" width="305" height="140" rx="4" fill="none" stroke="#0072b2" stroke-width="2"/>',
    '<text x="167" y="40" font-weight="bold">learn: count, glue, write the list</text>',
    '<text x="532" y="40" font-weight="bold">use: look up, glue the smallest</text>',
    '<text x="350" y="90" font-size="24">→</text>',
    ...lines,
    ...cuts,
    `<text x="${WIDTH / 2}" y="184">Learning is done once. The list is used for every text, and nothing is counted.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
