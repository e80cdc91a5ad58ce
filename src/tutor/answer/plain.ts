/** An answer as text for elsewhere: `[[id]]` becomes the label and the place. Pure. */
import type { Citation } from '../../api/types.gen';

export function plainText(
  markdown: string,
  citations: readonly Citation[]
): string {
  return citations.reduce(
    (text, { id, label, file_path, line }) =>
      text.replaceAll(
        `[[${id}]]`,
        file_path === null
          ? label
          : `${label} (${file_path}${line === null ? '' : `:${line}`})`
      ),
    markdown
  );
}
