/** Weeks of the main window, from the Sunday before its first Monday. */
export const weeks = { from: '2024-10-27', to: '2025-12-01' } as const;

/** The thirteen months of the tables. */
export const months = { from: '2024-11-01', to: '2025-12-01' } as const;

/** Prompts have categories from here on. */
export const taggedWeeks = { from: '2025-05-18', to: '2025-12-01' } as const;

/** From the start of the longest series, in late 2023. */
export const allMonths = { from: '2023-11-01', to: '2025-12-01' } as const;
