// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/keepalive_defaults.h"

namespace halfopen {

Result<void> checkRange(Setting id, std::int64_t value) {
    const SettingInfo& info = settingInfo(id);
    if (info.sane.contains(value))
        return {};
    return failure(ErrorCode::Usage, Sentence::tr("{0} = {1} is outside {2}..{3}.", info.name, value, info.sane.lowest,
                                                  info.sane.highest) +
                                         Sentence::tr(info.breaks));
}

Result<void> checkRange(const KeepaliveDefaults& values) {
    for (const KeepaliveDefault& part : kKeepaliveDefaults)
        if (auto checked = checkRange(part.id, values.*part.field); !checked)
            return checked;
    return {};
}

} // namespace halfopen
