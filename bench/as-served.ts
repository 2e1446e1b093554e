// Imported before all else, so that libraries run as bin/atlas.js runs them.
process.env.NODE_ENV ??= 'production';
