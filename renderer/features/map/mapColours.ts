/** Colours of the map: on the screen those of the theme, in a kept picture ink on white paper. */
export interface MapColours {
  ground: string;
  /** Squares with postcodes, mixed into the ground. */
  peopled: string;
  line: string;
  lineStrong: string;
  text: string;
  muted: string;
  surface: string;
  premises: string;
  crime: string;
  warning: string;
  warningSoft: string;
  focus: string;
}

/** The light tokens of `tokens.css`, for paper. */
export const paper: MapColours = {
  ground: '#ffffff',
  peopled: '#55606e',
  line: '#d5dae0',
  lineStrong: '#b4bcc6',
  text: '#1b2430',
  muted: '#55606e',
  surface: '#ffffff',
  premises: '#215db0',
  crime: '#1c6e42',
  warning: '#7d4a00',
  warningSoft: '#fdf1dc',
  focus: '#215db0',
};

export function readColours(element: Element): MapColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: token('surface-sunk'),
    peopled: token('text-muted'),
    line: token('line'),
    lineStrong: token('line-strong'),
    text: token('text'),
    muted: token('text-muted'),
    surface: token('surface'),
    premises: token('accent'),
    crime: token('good'),
    warning: token('warning'),
    warningSoft: token('warning-soft'),
    focus: token('accent'),
  };
}
