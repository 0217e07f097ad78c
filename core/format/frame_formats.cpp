// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/frame_formats.h"

#include "core/format/table.h"
#include "core/text/foreign_text.h"

#include <fmt/format.h>

#include <string>

namespace halfopen {

namespace {

constexpr std::array<std::string_view, kFrameFormatCount> kSuffixes{"txt", "csv", "json", "html", "sh"};

std::string escaped(std::string_view text) {
    std::string html;
    for (const char character : text) {
        switch (character) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        default:
            html += character;
        }
    }
    return html;
}

std::string htmlLine(const Row& row, const Frame& frame, std::span<const TextColumn* const> columns) {
    std::string line = "<tr>";
    std::string text;
    for (const TextColumn* column : columns) {
        text.clear();
        column->appendText(text, row, frame, kEnglish);
        line += fmt::format("<td{}>{}</td>", column->right ? " class=\"n\"" : "", escaped(harmless(text)));
    }
    return line + "</tr>\n";
}

std::string address(const Endpoint& endpoint) {
    const auto text = endpoint.address.toString();
    const auto port = endpoint.port == 0 ? std::string("*") : std::to_string(endpoint.port);
    return endpoint.address.family() == Family::Ipv4 ? text + ":" + port : "[" + text + "]:" + port;
}

/// In the language of ss(8), EXPRESSION.
std::string condition(const Connection& connection) {
    if (connection.state == State::Listen)
        return fmt::format("sport = :{}", connection.local.port);
    return fmt::format("src = {} dst = {}", address(connection.local), address(connection.remote));
}

bool writeCommand(const Frame& frame, const Output& output) {
    if (frame.shown.size() == 1)
        return output(fmt::format("ss -tanoeip '{}'\n", condition(frame.shownRow(0).connection)));
    for (std::size_t at = 0; at < frame.shown.size(); ++at)
        if (!output(
                fmt::format("{}( {} )", at == 0 ? "ss -tanoeip '" : " or ", condition(frame.shownRow(at).connection))))
            return false;
    return output(frame.shown.empty() ? "" : "'\n");
}

} // namespace

std::string_view suffixOf(FrameFormat format) {
    return kSuffixes[static_cast<std::size_t>(format)];
}

bool writeHtml(const Frame& frame, std::span<const TextColumn* const> columns, const Output& output) {
    std::string head =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>TCP connections</title>\n"
        "<style>table{border-collapse:collapse}th,td{padding:2px 8px;text-align:left;"
        "border-bottom:1px solid}td.n{text-align:right}</style></head>\n<body>\n<table>\n<thead><tr>";
    for (const TextColumn* column : columns)
        head += fmt::format("<th scope=\"col\">{}</th>", escaped(column->title.english()));
    if (!output(head + "</tr></thead>\n<tbody>\n"))
        return false;
    for (std::size_t at = 0; at < frame.shown.size(); ++at)
        if (!output(htmlLine(frame.shownRow(at), frame, columns)))
            return false;
    return output("</tbody>\n</table>\n</body>\n</html>\n");
}

bool writeFrame(const Frame& frame, FrameFormat format, std::span<const TextColumn* const> columns,
                const HostFacts& host, const Output& output) {
    switch (format) {
    case FrameFormat::Text:
        return writeTable(frame, columns, {}, output);
    case FrameFormat::Csv:
        return writeCsv(frame, columns, output);
    case FrameFormat::Json:
        return writeFrameJson(frame, host, output);
    case FrameFormat::Html:
        return writeHtml(frame, columns, output);
    case FrameFormat::Command:
        return writeCommand(frame, output);
    }
    return false;
}

} // namespace halfopen
