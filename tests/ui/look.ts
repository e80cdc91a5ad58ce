/** Pictures of what a test saw. */
import type { Page } from '@playwright/test';

/**
 * For people to look at, kept out of the repository: made where somebody asks for them by
 * `SHOTS=1`, since each takes a tenth of a second and no test reads them.
 */
export async function look(
  page: Page,
  name: string,
  how: { readonly fullPage?: boolean } = {}
): Promise<void> {
  if (process.env.SHOTS) {
    await page.screenshot({ ...how, path: `tests/ui/shots/${name}.png` });
  }
}
