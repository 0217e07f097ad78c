// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/query/filter_names.h"

#include <QObject>

#include <cstddef>
#include <functional>
#include <memory>

class QCompleter;
class QLineEdit;
class QModelIndex;
class QStandardItemModel;

namespace halfopen {

/// Offers keys, words and the values that are open now below a filter field, while a person types. Tab and Enter take
/// what is chosen, Escape closes the list.
class FilterCompleter final : public QObject {
    Q_OBJECT

public:
    using Names = std::function<std::shared_ptr<const FilterNames>()>;

    /// @param field  becomes the parent
    FilterCompleter(QLineEdit* field, Names names);

    void setFrame(const FramePtr& frame) { m_frame = frame; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void offer();
    void take(const QModelIndex& index);

    QLineEdit* m_field;
    Names m_names;
    QStandardItemModel* m_model;
    QCompleter* m_list;
    FramePtr m_frame;
    std::size_t m_from = 0; ///< bytes of the text that a choice replaces
    std::size_t m_to = 0;
};

} // namespace halfopen
