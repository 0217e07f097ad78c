// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/middlebox.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace halfopen {

namespace {

using nlohmann::json;

KeepaliveDefaults readProposed(const json& from) {
    return {from.at("time_s").get<std::int32_t>(), from.at("interval_s").get<std::int32_t>(),
            from.at("probes").get<std::int32_t>()};
}

Middlebox readOne(const json& from) {
    Middlebox box;
    box.id = from.at("id").get<std::string>();
    box.name = from.at("name").get<LocalText>();
    box.note = from.value("note", LocalText{});
    box.idleTimeout = from.at("idle_timeout_s").get<std::int32_t>();
    box.layer = from.at("layer").get<int>();
    box.source = from.at("source").get<std::string>();
    if (!from.at("checked").is_null())
        box.checked = from.at("checked").get<std::string>();
    if (!from.at("propose").is_null())
        box.proposed = readProposed(from.at("propose"));
    return box;
}

bool isDay(std::string_view text) {
    const auto fits = [&](std::size_t i) {
        return i == 4 || i == 7 ? text[i] == '-' : text[i] >= '0' && text[i] <= '9';
    };
    if (text.size() != 10)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (!fits(i))
            return false;
    return true;
}

/// What is wrong with an entry; empty if nothing is.
Sentence faultOf(const Middlebox& box) {
    if (box.id.empty() || !box.name.contains("en") || box.source.empty())
        return Sentence::tr("The preset \"{0}\" has no id, no English name or no source.", box.id);
    if (box.idleTimeout <= 0)
        return Sentence::tr("The preset \"{0}\" has no idle timeout.", box.id);
    if (box.layer != 4 && box.layer != 7)
        return Sentence::tr("The preset \"{0}\" is of layer {1}; 4 and 7 are known.", box.id, box.layer);
    if (!box.checked.empty() && !isDay(box.checked))
        return Sentence::tr("The preset \"{0}\" was checked on \"{1}\", which is no day.", box.id, box.checked);
    if (box.proposed.has_value() != (box.layer == 4))
        return Sentence::tr("The preset \"{0}\" proposes values for layer 7, or none for layer 4.", box.id);
    if (!box.proposed)
        return {};
    if (const auto sane = checkRange(*box.proposed); !sane)
        return Sentence::tr("The preset \"{0}\" proposes what is never offered: {1}", box.id, sane.error().sentence);
    return {};
}

} // namespace

std::string_view textFor(const LocalText& text, std::string_view locale) {
    for (const std::string_view name : {locale, locale.substr(0, locale.find('_')), std::string_view("en")})
        if (const auto found = text.find(std::string(name)); found != text.end())
            return found->second;
    return {};
}

Result<std::vector<Middlebox>> readMiddleboxes(std::string_view text) {
    std::vector<Middlebox> boxes;
    try {
        const json document = json::parse(text);
        if (document.at("schema").get<int>() != 1)
            return failure(ErrorCode::Unreadable, Sentence::tr("The presets are of another schema than 1."));
        for (const json& entry : document.at("presets")) {
            Middlebox box = readOne(entry);
            if (Sentence fault = faultOf(box); !fault.empty())
                return failure(ErrorCode::Unreadable, std::move(fault));
            if (std::ranges::any_of(boxes, [&](const Middlebox& other) { return other.id == box.id; }))
                return failure(ErrorCode::Unreadable, Sentence::tr("The preset \"{0}\" is told twice.", box.id));
            boxes.push_back(std::move(box));
        }
    } catch (const json::exception& error) {
        return failure(ErrorCode::Unreadable, Sentence::tr("The presets could not be read: {0}", error.what()));
    }
    return boxes;
}

Survival survival(const Middlebox& box, const KeepaliveDefaults& values) {
    if (box.layer == 7)
        return Survival::NoHelp;
    const std::int64_t time = values.time;
    // In fifths of a second, so that 0.8 stays a whole number.
    if ((time + 2 * static_cast<std::int64_t>(values.interval)) * 5 <= static_cast<std::int64_t>(box.idleTimeout) * 4)
        return Survival::Survives;
    return time < box.idleTimeout ? Survival::Barely : Survival::Forgotten;
}

} // namespace halfopen
