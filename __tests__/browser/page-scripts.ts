/** Expressions that run in a page; as text, since the DOM's types are not those of the tests. */

export const groundColour = 'getComputedStyle(document.body).backgroundColor';

/** How far a page can be scrolled to the side. */
export const sidewaysPixels = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Contrast of the first text that a selector finds with what is behind it, as WCAG counts it. */
export function contrastOf(selector: string): string {
  return `(() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const linear = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const luminance = (colour) => {
      const [red, green, blue] = channels(colour).map((value) => linear(value / 255));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const element = document.querySelector(${JSON.stringify(selector)});
    let behind = element;
    while (channels(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const one = luminance(getComputedStyle(element).color);
    const other = luminance(getComputedStyle(behind).backgroundColor);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  })()`;
}
