/**
 * A picture's own styles, kept to that picture: two pictures on one page may use one class
 * name for different things. Rules are nested below the root, so `p{…}` means its own ones.
 */
export function scoped(root: HTMLElement, id: string, css: string): string {
  root.dataset.picture = id;
  return `.nl-root[data-picture=${id}]{${css}}`;
}
