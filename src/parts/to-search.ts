/** `/` anywhere in a panel leads to its search box, as in many programs. */
import type * as React from 'react';

export function slashToSearch(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.key !== '/' || isTyping(event.target)) {
    return;
  }
  const box = event.currentTarget.querySelector('input[type="search"]');
  if (box instanceof HTMLInputElement) {
    event.preventDefault();
    box.focus();
    box.select();
  }
}

function isTyping(target: EventTarget): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox')
  );
}
