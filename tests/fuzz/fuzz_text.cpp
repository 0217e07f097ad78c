// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the name of a process: what comes out of the border is valid UTF-8 that no terminal obeys, as wide as
// told; a cell of CSV is one cell and no formula; JSON is ASCII where it could be a trick, and the name comes back.
#include "core/text/foreign_text.h"
#include "core/text/json_writer.h"
#include "core/text/unicode.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace halfopen;

void must(bool so) {
    if (!so)
        std::abort();
}

void mustBeHarmless(std::string_view text) {
    while (!text.empty()) {
        const CodePoint code = firstCodePoint(text);
        must(code.value != CodePoint::kInvalid && !isTrick(code.value));
        text.remove_prefix(code.length);
    }
}

/// Splits by RFC 4180 and must find one cell.
std::string onlyCell(std::string_view cell) {
    if (!cell.starts_with('"')) {
        must(cell.find_first_of(",\"\r\n") == std::string_view::npos);
        return std::string(cell);
    }
    std::string value;
    std::size_t at = 1;
    for (; at < cell.size() && (cell[at] != '"' || (at + 1 < cell.size() && cell[at + 1] == '"')); ++at) {
        at += cell[at] == '"' ? 1 : 0;
        value += cell[at];
    }
    must(at + 1 == cell.size());
    return value;
}

void checkText(std::string_view foreign) {
    std::string text = "|";
    const std::size_t width = appendHarmless(text, foreign);
    must(text.front() == '|');
    const std::string_view shown = std::string_view(text).substr(1);
    mustBeHarmless(shown);
    must(displayWidth(shown) == width);
    must(harmless(shown) == shown); // a second look changes nothing
    for (std::size_t places = 0; places < 4; ++places)
        must(displayWidth(shown.substr(0, fitting(shown, places))) <= places);
}

void checkCsv(std::string_view foreign) {
    std::string cell;
    appendForeignCsv(cell, foreign);
    const std::string value = onlyCell(cell);
    mustBeHarmless(value);
    must(value.empty() || std::string_view("=+-@").find(value.front()) == std::string_view::npos);
}

void checkJson(std::string_view foreign) {
    using Json = nlohmann::ordered_json;
    JsonWriter json;
    json.object([&] { json.put("name", foreign); });
    mustBeHarmless(json.text());
    const std::string tree = Json{{"name", foreign}}.dump(-1, ' ', false, Json::error_handler_t::replace);
    must(Json::parse(json.text()) == Json::parse(tree));
    must(withoutTricks(tree) == json.text());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view foreign(reinterpret_cast<const char*>(data), size);
    checkText(foreign);
    checkCsv(foreign);
    checkJson(foreign);
    return 0;
}
