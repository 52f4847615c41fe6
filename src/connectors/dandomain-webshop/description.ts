/*
 * Our own description of the few operations that are called, in the form that the SOAP package reads. Names and order
 * of arguments are the interface and must match to the letter: PHP drops what it does not know and then complains that
 * too few came. Everything is read as text, so that an id stays one.
 */

type Kind = 'string' | 'int' | 'boolean' | 'nillable' | 'ids' | 'figure';

/** What each operation takes, in the order in which it takes it. */
export const operations = {
  Solution_Connect: { Username: 'string', Password: 'string' },
  Solution_GetWebinfo: {},
  Solution_GetLanguages: {},
  Solution_SetLanguage: { LanguageISO: 'string' },
  Solution_SetCaseSensitiveItemNumber: { Enabled: 'boolean' },
  Currency_GetAll: {},
  Product_SetFields: { Fields: 'string' },
  Product_SetVariantFields: { Fields: 'string' },
  Product_GetAllWithLimit: { Start: 'int', Length: 'int' },
  Product_GetById: { ProductId: 'int' },
  Product_GetByIds: { ProductIds: 'ids' },
  Product_GetByItemNumber: { ItemNumber: 'string' },
  Product_GetVariantsByItemNumber: { ItemNumber: 'string' },
  Product_GetVariantById: { VariantId: 'string' },
  Product_GetByUpdatedDate: { Start: 'string', End: 'string' },
  Product_Update: { ProductData: 'figure' },
  Product_UpdateVariant: { VariantData: 'figure' },
  Product_UpdateStockForStockLocation: { ProductId: 'int', StockLocationId: 'int', Stock: 'int' },
  Product_UpdateVariantStockForStockLocation: { VariantId: 'int', StockLocationId: 'int', Stock: 'int' },
  Order_SetFields: { Fields: 'string' },
  Order_SetOrderLineFields: { Fields: 'string' },
  Order_GetByDateWithPagination: {
    Start: 'string',
    End: 'string',
    Status: 'nillable',
    Page: 'int',
    PageSize: 'int',
  },
  OrderStatusCode_GetAll: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, Kind>>>>;

export type Operation = keyof typeof operations;

type Value = {
  readonly string: string;
  readonly int: string;
  readonly boolean: string;
  readonly nillable: string | undefined;
  readonly ids: readonly string[];
  readonly figure: { readonly Id: string; readonly Stock?: string };
};
/** The arguments of one operation. Ids and figures are texts of digits. */
export type Arguments<Name extends Operation> = {
  readonly [Key in keyof (typeof operations)[Name]]: (typeof operations)[Name][Key] extends Kind
    ? Value[(typeof operations)[Name][Key]]
    : never;
};

const target = 'https://api.hostedshop.io/service.php';
export const officialEndpoint = target;

const types: Readonly<Record<Kind, string>> = {
  string: 'xsd:string',
  int: 'xsd:int',
  boolean: 'xsd:boolean',
  nillable: 'xsd:string',
  ids: 'tns:Ids',
  figure: 'tns:Figure',
};

const element = ([name, kind]: readonly [string, Kind]): string =>
  `<xsd:element name="${name}" type="${types[kind]}"${kind === 'nillable' ? ' nillable="true"' : ''}/>`;

const elements = ([name, given]: readonly [string, Readonly<Record<string, Kind>>]): string =>
  `<xsd:element name="${name}"><xsd:complexType><xsd:sequence>${Object.entries(given).map(element).join('')}</xsd:sequence></xsd:complexType></xsd:element>` +
  `<xsd:element name="${name}Response"><xsd:complexType><xsd:sequence><xsd:element name="${name}Result" type="xsd:anyType" minOccurs="0"/></xsd:sequence></xsd:complexType></xsd:element>`;

const message = (name: string): string =>
  `<message name="${name}In"><part name="parameters" element="tns:${name}"/></message>` +
  `<message name="${name}Out"><part name="parameters" element="tns:${name}Response"/></message>`;

const port = (name: string): string =>
  `<operation name="${name}"><input message="tns:${name}In"/><output message="tns:${name}Out"/></operation>`;

const binding = (name: string): string =>
  `<operation name="${name}"><soap:operation soapAction="${target}#${name}"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>`;

/** The description as a WSDL text: document style, literal, children without a namespace. */
export function describeService(): string {
  const all = Object.entries(operations);
  const names = all.map(([name]) => name);
  return `<?xml version="1.0"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="${target}" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" name="Shop" targetNamespace="${target}">
<types><xsd:schema targetNamespace="${target}">
<xsd:complexType name="Ids"><xsd:sequence><xsd:element name="item" type="xsd:int" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence></xsd:complexType>
<xsd:complexType name="Figure"><xsd:sequence><xsd:element name="Id" type="xsd:int"/><xsd:element name="Stock" type="xsd:int" minOccurs="0"/></xsd:sequence></xsd:complexType>
${all.map(elements).join('\n')}
</xsd:schema></types>
${names.map(message).join('\n')}
<portType name="ShopPort">${names.map(port).join('')}</portType>
<binding name="ShopBinding" type="tns:ShopPort"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${names.map(binding).join('')}</binding>
<service name="ShopService"><port name="ShopPort" binding="tns:ShopBinding"><soap:address location="${target}"/></port></service>
</definitions>`;
}

/** Arguments as the SOAP package takes them: a list under `item`, and a null that is said. */
export const toSend = (given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (Array.isArray(value)) return [name, { item: value }];
      return [name, value === undefined ? { attributes: { 'xsi:nil': 'true' } } : value];
    }),
  );
