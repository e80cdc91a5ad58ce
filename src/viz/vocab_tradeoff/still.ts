/** The committed still: tokens of the sentence above, numbers in the tables below. */
import { fixed } from '../kit/format';
import { compute, sized } from './compute';
import example from './example.json';
import meta from './meta.json';

const COLUMN = 62;
const HEIGHT = 120;
const TOP = 56;

export default function still(): string {
  const { sizes, special, width } = example;
  const text = example.texts[0] as string;
  const list = compute({
    text,
    width,
    vocabularies: sized(
      example.merges,
      sizes.map(({ size }) => size),
      special
    )
  });
  const row = (
    top: number,
    values: readonly number[],
    written: (value: number) => string,
    fill: string
  ): string => {
    const most = Math.max(...values);
    return values
      .map((value, n) => {
        const height = (value / most) * HEIGHT;
        const [x, y] = [20 + n * COLUMN, top + HEIGHT - height];
        return (
          `<rect x="${x + 8}" y="${y.toFixed(1)}" width="${COLUMN - 16}" height="${height.toFixed(1)}" fill="${fill}"/>` +
          `<text x="${x + COLUMN / 2}" y="${(y - 5).toFixed(1)}">${written(value)}</text>` +
          `<text x="${x + COLUMN / 2}" y="${top + HEIGHT + 17}" fill="#777">${sizes[n]?.size}</text>`
        );
      })
      .join('\n');
  };
  const wide = 40 + sizes.length * COLUMN;
  const second = TOP + HEIGHT + 74;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${second + HEIGHT + 34}" role="img" font-family="sans-serif" font-size="13" text-anchor="middle" fill="#333">`,
    `<title>${meta.title}</title><desc>${meta.alt}</desc>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<text x="${wide / 2}" y="24" font-weight="bold">tokens of “${text}”, by size of vocabulary</text>`,
    row(
      TOP,
      list.map(({ ids }) => ids.length),
      String,
      '#0072b2'
    ),
    `<text x="${wide / 2}" y="${second - 32}" font-weight="bold">thousands of numbers in the two tables</text>`,
    row(
      second,
      list.map(({ numbers }) => numbers / 1000),
      value => fixed(value, 0),
      '#b35000'
    ),
    '</svg>',
    ''
  ].join('\n');
}
