// n8n reads the entry points from the "n8n" section of package.json; npm wants a main file.
module.exports = {};
