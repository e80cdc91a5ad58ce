/** What axe says about parts of a page. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

interface IFound {
  readonly violations: readonly {
    readonly id: string;
    readonly impact?: string | null;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/**
 * What is wrong in the parts of the page that fit `where`. Axe comes to a page its own way the
 * first time; then it is there, and asked directly, which takes a tenth of the time.
 */
async function violations(
  page: Page,
  where: string
): Promise<IFound['violations']> {
  const how = { resultTypes: ['violations' as const] };
  const here = await page.evaluate(() => 'axe' in window);
  const found: IFound = here
    ? await page.evaluate(
        ([part, options]) =>
          (
            window as unknown as {
              axe: { run(where: string, how: object): Promise<IFound> };
            }
          ).axe.run(part, options),
        [where, how] as const
      )
    : // Without frames the old way finds the same and opens no second page.
      await new AxeBuilder({ page })
        .setLegacyMode()
        .include(where)
        .options(how)
        .analyze();
  return found.violations;
}

const told = (found: IFound['violations']): string[] =>
  found.map(({ id, nodes }) => `${id}: ${nodes.map(n => n.html).join('\n')}`);

/** Axe finds nothing at all. */
export async function axe(page: Page, where: string): Promise<void> {
  expect(told(await violations(page, where))).toEqual([]);
}

/** Axe finds nothing that keeps somebody out; `look` says in which surroundings. */
export async function axeSerious(
  page: Page,
  where: string,
  look = where
): Promise<void> {
  const found = await violations(page, where);
  const serious = found.filter(({ impact }) =>
    ['serious', 'critical'].includes(impact ?? '')
  );
  expect(told(serious), look).toEqual([]);
}
