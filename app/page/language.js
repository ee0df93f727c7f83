// The page's language: the one chosen before, else the browser's. Runs before Gradio reads `navigator.language`, which
// is how Gradio picks its texts; the server reads the cookie. Put into the page by app/early.py.
(() => {
  "use strict";
  const locales = { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", en: "en" };

  function chosen() {
    const kept = document.cookie.match(/(?:^|; )dudao_language=([\w-]+)/);
    if (kept && kept[1] in locales) return kept[1];
    for (const name of navigator.languages || [navigator.language]) {
      if (/^zh-(tw|hk|mo|hant)/i.test(name)) return "zh-Hant";
      if (/^zh/i.test(name)) return "zh-Hans";
      if (/^en/i.test(name)) return "en";
    }
    return "zh-Hans";
  }

  function keep(language) {
    document.cookie = `dudao_language=${language}; path=/; max-age=31536000; samesite=strict`;
  }

  const language = chosen();
  keep(language);
  document.documentElement.lang = locales[language];
  Object.defineProperty(navigator, "language", { get: () => locales[language], configurable: true });
  window.dudaoLanguage = { language, keep };
})();
