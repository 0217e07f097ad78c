// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/process/owners.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace halfopen {

/// The holders of a socket as the JSON contract has them: pid, name, fd, unit and container.
inline nlohmann::ordered_json ownersJson(const std::vector<Owner>& owners) {
    using Json = nlohmann::ordered_json;
    Json list = Json::array();
    for (const Owner& owner : owners) {
        const bool inUnit = owner.unit && !owner.unit->unit.empty();
        const bool contained = owner.unit && !owner.unit->container.empty();
        list.push_back({{"pid", owner.pid},
                        {"name", owner.name},
                        {"fd", owner.fd < 0 ? Json() : Json(owner.fd)},
                        {"unit", inUnit ? Json{{"name", owner.unit->unit}, {"user", owner.unit->user}} : Json()},
                        {"container",
                         contained ? Json{{"runtime", owner.unit->runtime}, {"id", owner.unit->container}} : Json()}});
    }
    return list;
}

} // namespace halfopen
