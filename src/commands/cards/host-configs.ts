type Palette = {
  readonly text: string;
  readonly subtle: string;
  readonly card: string;
  readonly emphasis: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
  readonly fills: Readonly<Record<'accent' | 'good' | 'warning' | 'attention', string>>;
};

const light: Palette = {
  text: '#242424',
  subtle: '#616161',
  card: '#ffffff',
  emphasis: '#f5f5f5',
  accent: '#5b5fc7',
  good: '#237b4b',
  warning: '#835c00',
  attention: '#c4314b',
  fills: { accent: '#e8ebfa', good: '#e7f2da', warning: '#fbf6d9', attention: '#fcf4f6' },
};

const dark: Palette = {
  text: '#ffffff',
  subtle: '#adadad',
  card: '#292929',
  emphasis: '#1f1f1f',
  accent: '#9299f7',
  good: '#92c353',
  warning: '#f8d22a',
  attention: '#f9526b',
  fills: { accent: '#2f2f4a', good: '#1f3322', warning: '#463100', attention: '#3e1f25' },
};

/** Host configs for Microsoft's renderer that come close to how Teams looks. */
export const hostConfigs = { light: hostConfig(light), dark: hostConfig(dark) };

function hostConfig(palette: Palette) {
  const color = (value: string) => ({ default: value, subtle: value });
  const foregroundColors = {
    default: { default: palette.text, subtle: palette.subtle },
    accent: color(palette.accent),
    good: color(palette.good),
    warning: color(palette.warning),
    attention: color(palette.attention),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    supportsInteractivity: true,
    fontTypes: {
      default: font("'Segoe UI', system-ui, sans-serif"),
      monospace: font("'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace"),
    },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: palette.subtle },
    containerStyles: {
      default: style(palette.card),
      emphasis: style(palette.emphasis),
      accent: style(palette.fills.accent),
      good: style(palette.fills.good),
      warning: style(palette.fills.warning),
      attention: style(palette.fills.attention),
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    inputs: {
      label: {
        inputSpacing: 'none',
        requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'bolder' },
      },
    },
  };
}

function font(fontFamily: string) {
  return {
    fontFamily,
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
  };
}
