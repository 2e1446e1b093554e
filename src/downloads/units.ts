/** A part of a whole. */
export const SHARE = 'share, 0 to 1';

export const USD_PER_MILLION = 'USD per 1M tokens';
