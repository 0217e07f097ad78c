// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/keepalive_defaults.h"

#include <fmt/format.h>

namespace halfopen {

Result<void> checkRange(Setting id, std::int64_t value) {
    const SettingInfo& info = settingInfo(id);
    if (info.sane.contains(value))
        return {};
    return failure(ErrorCode::Usage, fmt::format("{} = {} is outside {}..{}. {}", info.name, value, info.sane.lowest,
                                                 info.sane.highest, info.breaks));
}

Result<void> checkRange(const KeepaliveDefaults& values) {
    for (const KeepaliveDefault& part : kKeepaliveDefaults)
        if (auto checked = checkRange(part.id, values.*part.field); !checked)
            return checked;
    return {};
}

} // namespace halfopen
