/** Colours of the map: on the screen those of the theme, in a kept picture ink on white paper. */
import { type Colours, paperColours, shownColours } from '../../ui/themeColours.ts';

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

const coloursOf = (colours: Colours, ground: string): MapColours => ({
  ground,
  peopled: colours['text-muted'],
  line: colours.line,
  lineStrong: colours['line-strong'],
  text: colours.text,
  muted: colours['text-muted'],
  surface: colours.surface,
  premises: colours.accent,
  crime: colours.good,
  warning: colours.warning,
  warningSoft: colours['warning-soft'],
  focus: colours.accent,
});

export function screenColours(): MapColours {
  const colours = shownColours();
  return coloursOf(colours, colours['surface-sunk']);
}

export function inkColours(): MapColours {
  const colours = paperColours();
  return coloursOf(colours, colours.surface);
}
