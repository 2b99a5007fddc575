/**
 * Expressions that run in a page. They are text, because the types of the DOM are not available in the tests.
 */

export const backgroundColor = 'getComputedStyle(document.body).backgroundColor';

/** Pixels by which a page can be scrolled sideways. */
export const sidewaysPixels = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/**
 * Measures the contrast of the first element that a selector finds with its background, as defined by WCAG.
 */
export function measureContrast(selector: string): string {
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
