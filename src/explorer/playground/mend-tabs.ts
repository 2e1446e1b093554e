/**
 * The editor marks each of its tabs as one control, with the buttons that show and close it inside, which screen
 * readers then do not reach. The buttons stand for themselves once the marks are gone. Returns what ends this.
 */
export function mendTabs(within: HTMLElement): () => void {
  const mend = (): void => {
    for (const tab of within.querySelectorAll(
      '[role="tablist"], .graphiql-tab:is([role], [aria-selected])',
    )) {
      tab.removeAttribute('role');
      tab.removeAttribute('aria-selected');
      tab.removeAttribute('aria-label');
    }
    for (const button of within.querySelectorAll('.graphiql-tab-button')) {
      const isShown = button.closest('.graphiql-tab-active') !== null;
      if (button.getAttribute('aria-pressed') !== String(isShown))
        button.setAttribute('aria-pressed', String(isShown));
    }
  };
  const observer = new MutationObserver(mend);
  observer.observe(within, {
    subtree: true,
    childList: true,
    attributeFilter: ['role', 'class', 'aria-selected'],
  });
  mend();
  return () => observer.disconnect();
}
