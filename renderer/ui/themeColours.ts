/** Colours of `tokens.css` for what is painted rather than styled. */

export const paintedColours = [
  'surface',
  'surface-sunk',
  'line',
  'line-strong',
  'text',
  'text-muted',
  'accent',
  'accent-soft',
  'danger',
  'danger-soft',
  'warning',
  'warning-soft',
  'good',
  'good-soft',
] as const;
export type Colours = Readonly<Record<(typeof paintedColours)[number], string>>;

const from = (style: CSSStyleDeclaration): Colours =>
  Object.fromEntries(
    paintedColours.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || '#808080']),
  ) as Colours;

/** As the window shows them now. */
export const shownColours = (): Colours => from(getComputedStyle(document.documentElement));

/** Those of the light theme, whatever the window shows: for paper. */
export function paperColours(): Colours {
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules)
      if (
        rule instanceof CSSStyleRule &&
        rule.selectorText === ':root' &&
        rule.style.getPropertyValue('--accent')
      )
        return from(rule.style);
  return shownColours();
}
