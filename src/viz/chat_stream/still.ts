/** The committed still: the greeting of the note as a stream, with ids and mask. */
import { shippedMarks, shippedVocabulary } from '../kit/bpe';
import { compute } from './compute';
import example from './example.json';
import meta from './meta.json';

const COLOURS = {
  program: '#777777',
  user: '#0072b2',
  assistant: '#b35000',
  tool: '#00785a'
};

export default function still(): string {
  const vocabulary = shippedVocabulary();
  const stream = compute({
    messages: example.greeting,
    vocabulary,
    marks: shippedMarks()
  });
  let x = 16;
  const boxes = stream.map(({ id, mark, learned, from }) => {
    const name = mark === null ? vocabulary.name(id) : mark.slice(2, -2);
    const width = Math.max(name.length * (mark === null ? 11 : 7) + 14, 40);
    const colour = COLOURS[from];
    const middle = x + width / 2;
    const box =
      `<rect x="${x}" y="60" width="${width}" height="44" rx="4" fill="${colour}22" stroke="${colour}"/>` +
      `<text x="${middle}" y="80" font-size="${mark === null ? 15 : 11}">${name}</text>` +
      `<text x="${middle}" y="97" font-size="11" fill="#555">${id}</text>` +
      `<text x="${middle}" y="126" font-size="15" font-weight="${learned ? 'bold' : 'normal'}" fill="${learned ? '#b35000' : '#888'}">${Number(learned)}</text>`;
    x += width + 5;
    return box;
  });
  const [user, assistant] = example.greeting;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${x + 12} 160" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#333">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<text x="16" y="24" text-anchor="start">user: ${user?.content}</text>`,
    `<text x="16" y="44" text-anchor="start">assistant: ${assistant?.content}</text>`,
    ...boxes,
    `<text x="${(x + 12) / 2}" y="149">1: the model learns to write this token. 0: it is given.</text>`,
    '</svg>',
    ''
  ].join('\n');
}
