// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/virtual_services.h"

#include <algorithm>

namespace halfopen {

bool VirtualServices::serves(const Endpoint& destination) const {
    return std::ranges::binary_search(tcp, destination) ||
           std::ranges::binary_search(tcp, Endpoint{destination.address, 0});
}

} // namespace halfopen
