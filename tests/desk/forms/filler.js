// Answers every question that a form shows, as a person would: for tests only. Each answer may bring up further questions.
async () => {
  const settle = () => new Promise((done) => setTimeout(done, 0));
  const texts = ["Something", "2014-06-18", "2014", "12", "ML", "ML0101", "ML01", "XOF", "a@b.org", "https://a.org"];
  const places = ["16.27, -0.04", "16.27, -0.04\n16.28, -0.04", "16.27, -0.04\n16.28, -0.04\n16.28, -0.05"];
  const byClass = { "of-int": ["3", "1", "0", "15", "12", "2014"], "of-decimal": ["2,5", "1", "0.5", "7.5", "5"], "of-date": ["2014-06-18", "2024-06-18", "2034-06-18"], position: places };
  const byType = { "datetime-local": ["2014-06-18T10:00"], time: ["10:00"], month: ["2014-06"] };
  const tell = (field) => {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const wrong = (question) => question.querySelector(".wrong:not([hidden])");
  async function answer(question) {
    const choice = question.querySelector("input[type=radio], input[type=checkbox]");
    const field = question.querySelector("input:not([type=file], [type=radio], [type=checkbox]), textarea, select");
    if (question.querySelector("input[type=file]") || field?.hidden) return; // a list may have nothing in it
    if (choice) {
      choice.click();
      await settle();
    } else if (field instanceof HTMLSelectElement) {
      field.selectedIndex = 1;
      tell(field);
      await settle();
    } else if (field) {
      const list = field.list ? [field.list.options[0]?.value] : byType[field.type] ?? byClass[[...field.classList].find((each) => byClass[each])] ?? texts;
      for (const text of list) {
        field.value = text;
        tell(field);
        await settle();
        if (!wrong(question)) return;
      }
    }
  }
  const done = new Set();
  for (let round = 0; round < 8; round++) {
    for (const button of document.querySelectorAll(".repeat > button")) {
      if (button.checkVisibility() && !button.parentElement.querySelector(".row")) button.click();
    }
    await settle();
    const open = [...document.querySelectorAll("#form .question:not(.note)")].filter((each) => !done.has(each) && each.checkVisibility());
    if (!open.length) break;
    for (const question of open) {
      done.add(question);
      if (question.checkVisibility()) await answer(question);
    }
  }
  const shown = [...document.querySelectorAll("#form .question")].filter((each) => each.checkVisibility());
  return { answered: done.size, wrong: shown.filter(wrong).map((each) => each.innerText) };
}
