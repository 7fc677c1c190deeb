// AWS's own design system, as its documentation puts a table and its filter together; with virtual scrolling, its fair form.

import "@cloudscape-design/global-styles/index.css";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import PropertyFilter from "@cloudscape-design/components/property-filter";
import Table from "@cloudscape-design/components/table";
import { createRoot } from "react-dom/client";

const FIELDS = ["name", "id", "state", "architecture", "platform", "owner", "created_at", "description"];
const OPERATORS = ["=", "!=", ":", "!:", "^"];

function Images({ rows }) {
  const { items, collectionProps, filteredItemsCount, propertyFilterProps } = useCollection(rows, {
    pagination: { pageSize: 50 },
    propertyFiltering: {
      filteringProperties: FIELDS.map((key) => ({ key, propertyLabel: key, groupValuesLabel: `${key} values`, operators: OPERATORS })),
    },
    sorting: {},
    selection: {},
  });
  return (
    <Table
      {...collectionProps}
      items={items}
      trackBy="id"
      columnDefinitions={FIELDS.map((key) => ({ id: key, header: key, cell: (row) => String(row[key] ?? ""), sortingField: key }))}
      header={<Header counter={`(${filteredItemsCount})`}>Images</Header>}
      filter={
        <PropertyFilter
          {...propertyFilterProps}
          virtualScroll
          filteringPlaceholder="Find images"
          filteringAriaLabel="Find images"
          expandToViewport
          i18nStrings={{ operationAndText: "and", operationOrText: "or", clearFiltersText: "Clear", applyActionText: "Apply", cancelActionText: "Cancel" }}
        />
      }
    />
  );
}

const root = createRoot(document.querySelector("main"));
window.show = (text) => root.render(<Images rows={JSON.parse(text)} />);
